import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
import { describe, expect, test } from 'vitest';
import { burst } from '../load/burst.ts';
import { mergeResults } from '../load/merge-results.ts';
import type { LoadPlan } from '../load/plan.ts';
import { ramp } from '../load/profile.ts';
import type { LoadResult } from '../load/run-load.ts';
import { drivePlan } from '../load/testing/drive-plan.ts';
import { loadPlan } from '../load/testing/load-plan.ts';
import { serveWs } from '../load/testing/serve-ws.ts';
import { summarize } from '../metrics/summarize.ts';
import { checkValidity } from './check-validity.ts';

const connections = 20;
const blockMs = 60;
const calmSittings = 5;

const blockLoop = (): void => {
  const untilMs = performance.now() + blockMs;
  while (performance.now() < untilMs);
};

/** A port that takes connections and never says a word. */
const serveSilence = async (): Promise<AsyncDisposable & { readonly url: string }> => {
  const server = createServer((socket) => {
    // Read, so that its end is noticed.
    socket.on('error', () => undefined).resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${String(port)}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
};

/** The names of what the guard says of the openings of a load against a server that may block the generator's loop. */
const heldUp = async (
  makePlan: (url: string) => LoadPlan,
  isBlocked: (opened: number) => boolean,
): Promise<readonly string[]> => {
  await using server = await serveWs((_socket, opened) => {
    if (isBlocked(opened)) blockLoop();
  });
  const plan = makePlan(server.url);
  const result = mergeResults([await drivePlan(plan)]);
  const load: LoadResult = {
    ...result,
    planned: result.attempts.length,
    startedAtEpochMs: 0,
    interrupted: null,
    sourceAddresses: [],
  };
  return checkValidity(load, plan.profile, summarize(load, false)).checks.flatMap(({ name, passed }) =>
    passed || !name.includes('during the opening') ? [] : [name],
  );
};

describe.for<[string, (url: string, silentUrl: string) => LoadPlan, (opened: number) => boolean]>([
  [
    'bursts with an idle second after each',
    (url) => loadPlan(url, { profile: burst({ connections, bursts: 3, everySeconds: 1, holdSeconds: 0.1 }) }),
    (opened) => opened % connections === 0,
  ],
  [
    'an opening beside an attempt that hangs until its time-out',
    (url, silentUrl) => {
      const plan = loadPlan(url, { profile: ramp({ connections, delaySeconds: 0, holdSeconds: 0.1 }) });
      const dials = Array.from({ length: connections }, (_, index) => ({
        url: index === 0 ? silentUrl : url,
        subprotocols: [],
        headers: {},
      }));
      return { ...plan, dials, settings: { ...plan.settings, handshakeTimeoutMs: 3_000 } };
    },
    (opened) => opened === 0,
  ],
])('%s:', ([, makePlan, isBlocked]) => {
  test('a generator that is held up while it opens says so', async () => {
    await using silence = await serveSilence();
    expect(await heldUp((url) => makePlan(url, silence.url), isBlocked)).toEqual(
      expect.arrayContaining([
        'answers’ wait in the generator during the opening, mean',
        'answers’ wait in the generator during the opening, p95',
      ]),
    );
  });

  test('one that nothing holds up is silent', async (context) => {
    await using silence = await serveSilence();
    let said: readonly string[] = [];
    for (let sitting = 0; sitting < calmSittings; sitting += 1) {
      said = await heldUp(
        (url) => makePlan(url, silence.url),
        () => false,
      );
      if (said.length === 0) return;
    }
    const busyCores = loadavg()[0] ?? 0;
    if (busyCores > availableParallelism())
      context.skip(`The machine is busy, load ${busyCores.toFixed(1)}: ${said.join('; ')}`);
    expect(said).toEqual([]);
  });
});

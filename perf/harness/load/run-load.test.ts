import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { answering, startRawServer, switchingProtocols } from '../connection/testing/raw-server.ts';
import { dueAtMs } from './pacer.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { runLoad } from './run-load.ts';
import { pingRoundTrips, ramp, type LoadProfile } from './profile.ts';
import { agentsOf, isAlive } from './testing/agents-of.ts';
import { exponentialLife, soak } from './soak.ts';
import { loadPlan } from './testing/load-plan.ts';

const accept = answering((request) => switchingProtocols(request));

test('a load that runs to its end is complete', async () => {
  await using server = await startRawServer(accept);
  const result = await runLoad({ plan: loadPlan(server.url) });
  expect(result).toMatchObject({ planned: 3, interrupted: null });
  expect(result.attempts.map(({ outcome }) => outcome)).toEqual(['opened', 'opened', 'opened']);
  expect(await agentsOf(process.pid)).toEqual([]);
});

test('a load is driven by a process of its own, which is gone afterwards', async () => {
  await using server = await startRawServer(accept);
  const seen = new AbortController();
  let looking: Promise<number[]> | undefined;
  const result = await runLoad({
    plan: loadPlan(server.url, { profile: ramp({ connections: 3, delaySeconds: 0, holdSeconds: 3_600 }) }),
    signal: seen.signal,
    onProgress: ({ point }) => {
      if (point.open < 3) return;
      looking ??= agentsOf(process.pid).finally(() => {
        seen.abort();
      });
    },
  });
  const agents = (await looking) ?? [];
  expect(result.attempts.map(({ outcome }) => outcome)).toEqual(['opened', 'opened', 'opened']);
  expect(agents).toHaveLength(1);
  expect(agents.filter(isAlive)).toEqual([]);
});

test.for([
  ['connections are held', accept],
  ['handshakes hang', () => undefined],
] as const)(
  'stopped while %s, a load gives what was measured and says that it was interrupted',
  async ([, behaviour]) => {
    const stop = new AbortController();
    await using server = await startRawServer((socket) => {
      behaviour(socket);
      setTimeout(() => {
        stop.abort();
      }, 50);
    });
    const result = await runLoad({
      plan: loadPlan(server.url, {
        profile: ramp({ connections: 2, delaySeconds: 3_600, holdSeconds: 3_600 }),
      }),
      signal: stop.signal,
    });
    expect(result.interrupted).toBe('stopped before its end');
    expect(result.attempts.map(({ index }) => index)).toEqual([0, 1]);
    expect(result.attempts[1]?.outcome).toBe('not-started');
  },
);

test('stopped before its start, a load starts nothing', async () => {
  await using server = await startRawServer(accept);
  const result = await runLoad({ plan: loadPlan(server.url), signal: AbortSignal.abort() });
  expect(result.attempts.map(({ outcome }) => outcome)).toEqual([
    'not-started',
    'not-started',
    'not-started',
  ]);
  expect(server.accepted).toBe(0);
});

test('a generator does not outlive the process that started it, however that ended', async () => {
  await using server = await startRawServer(accept);
  const script = fileURLToPath(new URL('./testing/run-and-hang.ts', import.meta.url));
  const coordinator = spawn(process.execPath, [script, server.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(coordinator.stdout, 'data');
  const agents = await agentsOf(coordinator.pid ?? 0);
  expect(agents).toHaveLength(1);
  coordinator.kill('SIGKILL');
  await once(coordinator, 'exit');
  while (agents.some(isAlive)) await sleep(20);
});

test('a soak and a storm are driven by a process of its own as they are here', async () => {
  await using server = await startRawServer(accept);
  const lives = soak({
    connections: 5,
    durationSeconds: 0.4,
    delaySeconds: 0,
    life: exponentialLife({ meanSeconds: 0.1 }),
  });
  const soaked = await runLoad({ plan: loadPlan(server.url, { profile: lives }) });
  expect(soaked.planned).toBeGreaterThan(10);
  expect(soaked.attempts.map((one) => one.dueAtMs)).toEqual(
    Array.from({ length: soaked.planned }, (_, index) => dueAtMs(lives.arrivals, index)),
  );
  const away = reconnectStorm({
    connections: 5,
    delaySeconds: 0,
    cutAfterSeconds: 0.5,
    backoffBaseSeconds: 0.05,
    holdSeconds: 0,
  });
  const stormed = await runLoad({ plan: loadPlan(server.url, { profile: away }) });
  expect(stormed.reconnects).toMatchObject({ recovered: { hits: 5, total: 5 } });
  expect(stormed.attempts.map(({ index, retry }) => [index, retry ?? 0])).toEqual(
    [0, 1, 2, 3, 4].flatMap((index) => [
      [index, 0],
      [index, 1],
    ]),
  );
  expect(await agentsOf(process.pid)).toEqual([]);
});

describe('a plan that can not be driven', () => {
  const bad: readonly (readonly [string, LoadProfile])[] = [
    ['no connections', ramp({ connections: 0, delaySeconds: 0 })],
    ['half a connection', ramp({ connections: 1.5, delaySeconds: 0 })],
    ['a number of connections that is none', ramp({ connections: Number.NaN, delaySeconds: 0 })],
    ['a negative delay', ramp({ connections: 2, delaySeconds: -1 })],
    ['an endless delay', ramp({ connections: 2, delaySeconds: Number.POSITIVE_INFINITY })],
    ['an endless hold', ramp({ connections: 2, delaySeconds: 0, holdSeconds: Number.POSITIVE_INFINITY })],
    ['a ping every 0 s', pingRoundTrips({ connections: 1, holdSeconds: 1, everySeconds: 0 })],
    ['a ping every NaN s', pingRoundTrips({ connections: 1, holdSeconds: 1, everySeconds: Number.NaN })],
  ];
  test.for(bad)('with %s is refused before anything is started', async ([, profile]) => {
    await expect(runLoad({ plan: loadPlan('ws://127.0.0.1:1', { profile }) })).rejects.toMatchObject({
      code: 'PLAN_INVALID',
    });
  });

  test('with no address is refused', async () => {
    await expect(runLoad({ plan: loadPlan('', { dials: [] }) })).rejects.toMatchObject({
      code: 'PLAN_INVALID',
    });
  });
});

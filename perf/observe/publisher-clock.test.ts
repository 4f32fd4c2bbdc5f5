import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startEpochClock } from '../harness/connection/epoch-clock.ts';
import { clockOverLoad, offsetOf, readPublisherClock, type ClockedServer } from './publisher-clock.ts';

/** Answers for the time, `aheadMs` of this machine's; with NaN it leaves the time out. */
const startTimeServer = async (aheadMs: number): Promise<AsyncDisposable & { readonly httpUrl: string }> => {
  const server = createServer((_request, response) => {
    const timestamp = Number.isNaN(aheadMs) ? undefined : (Date.now() + aheadMs) / 1_000;
    response.end(JSON.stringify({ current_connections: 0, max_concurrent_connections: 0, timestamp }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    httpUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const serverAt = (httpUrl: string, differences: Partial<ClockedServer> = {}): ClockedServer => ({
  kind: 'external',
  httpUrl,
  sharesMachine: false,
  features: { monitoring: true },
  server: { kind: 'none' },
  ...differences,
});

const clock = startEpochClock();

test('the clock of a remote server is estimated, and the truth lies within the uncertainty', async () => {
  await using server = await startTimeServer(90_000);
  const reading = await readPublisherClock(serverAt(server.httpUrl), clock);
  expect(reading).toMatchObject({ kind: 'estimated', exchanges: 10 });
  if (reading.kind !== 'estimated') return;
  // Both sides read the same clock, one of them in whole ms.
  expect(Math.abs(reading.offsetMs - 90_000)).toBeLessThanOrEqual(reading.uncertaintyMs + 0.1);
  expect(reading.uncertaintyMs).toBeCloseTo(reading.roundTripMs / 2 + 0.5, 6);
});

test('an address of this machine that leads to another clock is not believed', async () => {
  await using server = await startTimeServer(-90_000);
  const { httpUrl } = server;
  const own = await readPublisherClock(serverAt(httpUrl, { sharesMachine: true }), clock);
  const inVirtualMachine = await readPublisherClock(
    serverAt(httpUrl, { kind: 'containers', sharesMachine: true }),
    clock,
  );
  expect([own.kind, inVirtualMachine.kind]).toEqual(['estimated', 'estimated']);
});

test('an address of this machine whose clock agrees shares it', async () => {
  await using server = await startTimeServer(0);
  const reading = await readPublisherClock(serverAt(server.httpUrl, { sharesMachine: true }), clock);
  expect(reading).toEqual({ kind: 'shared', reason: 'the address is one of this machine' });
});

test('a process of this machine is not even asked', async () => {
  const nobody = serverAt('http://127.0.0.1:1', { kind: 'process', sharesMachine: true });
  expect(await readPublisherClock(nobody, clock)).toMatchObject({ kind: 'shared' });
});

test('a remote server that does not tell its time leaves it unknown, and says why', async () => {
  await using silent = await startTimeServer(Number.NaN);
  expect(await readPublisherClock(serverAt(silent.httpUrl), clock)).toEqual({
    kind: 'unknown',
    reason: 'the server is on another machine, and its monitoring endpoint did not tell its time',
  });
  const none = serverAt('http://127.0.0.1:1', { features: { monitoring: false } });
  expect(await readPublisherClock(none, clock)).toEqual({
    kind: 'unknown',
    reason: 'the server is on another machine, and has no monitoring endpoint that would tell its time',
  });
});

const estimated = (offsetMs: number, uncertaintyMs: number) =>
  ({ kind: 'estimated', offsetMs, uncertaintyMs, roundTripMs: 2 * uncertaintyMs, exchanges: 10 }) as const;

test('the uncertainty of a load covers the drift until its end, and that of the generator’s own clock', () => {
  expect(clockOverLoad(estimated(100, 2), estimated(103, 1), -0.5)).toMatchObject({
    offsetMs: 100,
    driftMs: 3,
    uncertaintyMs: 4.5,
  });
  expect(clockOverLoad(estimated(100, 9), estimated(101, 1), 0)).toMatchObject({ uncertaintyMs: 9 });
  expect(clockOverLoad(estimated(100, 2), null, 0)).toMatchObject({ driftMs: null, uncertaintyMs: 2 });
  expect(clockOverLoad({ kind: 'shared', reason: 'one' }, null, -0.25)).toEqual({
    kind: 'shared',
    reason: 'one',
    offsetMs: 0,
    uncertaintyMs: 0.25,
  });
});

test('latencies are corrected by what is known, and not taken where nothing is', () => {
  expect(offsetOf({ kind: 'shared', reason: 'one' })).toEqual({ offsetMs: 0, uncertaintyMs: 0 });
  expect(offsetOf(estimated(7, 2))).toEqual({ offsetMs: 7, uncertaintyMs: 2 });
  expect(offsetOf({ kind: 'unknown', reason: 'far away' })).toBeNull();
});

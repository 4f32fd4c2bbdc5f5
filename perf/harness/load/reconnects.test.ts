import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Distribution } from '../metrics/distribution.ts';
import type { AgentResult } from './agent-result.ts';
import { mergeResults } from './merge-results.ts';
import { reconnectStorm, type ReconnectStormOptions } from './reconnect-storm.ts';
import { drivePlan, openedOf } from './testing/drive-plan.ts';
import { loadPlan } from './testing/load-plan.ts';
import { noteWhatIsOpen } from './testing/nothing-is-left.ts';
import { serveWs } from './testing/serve-ws.ts';

const storm = (overrides: Partial<ReconnectStormOptions> = {}) =>
  reconnectStorm({
    connections: 6,
    delaySeconds: 0,
    cutAfterSeconds: 0.6,
    backoffBaseSeconds: 0.02,
    backoffCapSeconds: 0.1,
    holdSeconds: 0.05,
    ...overrides,
  });

const triesOf = ({ reconnects }: AgentResult): Distribution =>
  Distribution.decode(reconnects?.tries ?? new Distribution().encode());

test('all are cut at one instant without a close frame, and each comes back', async () => {
  const nothingIsLeft = noteWhatIsOpen();
  {
    const closeCodes: number[] = [];
    await using server = await serveWs((socket, number) => {
      if (number < 6) socket.on('close', (code) => closeCodes.push(code));
    });
    const result = await drivePlan(loadPlan(server.url, { profile: storm() }));
    expect(closeCodes).toEqual([1_006, 1_006, 1_006, 1_006, 1_006, 1_006]);
    expect(result.reconnects).toMatchObject({ recovered: { hits: 6, total: 6 }, recoveryTime: { count: 6 } });
    expect(triesOf(result).samples()).toMatchObject({ count: 6, min: 1, max: 1 });
    expect(result.self.pacing).toMatchObject({ started: 6, retries: { started: 6 } });
    const first = openedOf(result).filter(({ retry }) => retry === undefined);
    const back = openedOf(result).filter(({ retry }) => retry === 1);
    expect(first.map(({ index, stable, wasCut }) => [index, stable, wasCut])).toEqual(
      [0, 1, 2, 3, 4, 5].map((index) => [index, false, true]),
    );
    expect(back.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const one of back) {
      expect(one).toMatchObject({ stable: true, failure: null });
      expect(one.dueAtMs).toBeGreaterThanOrEqual(598);
      expect(one.startedAtMs).toBeGreaterThanOrEqual(one.dueAtMs);
      expect(one.closedAtMs).toBeGreaterThanOrEqual(result.holdOverAtMs);
    }
  }
  await nothingIsLeft();
});

test('tries that the server refuses with 503 are attempts of their own, and more follow until one succeeds', async () => {
  let asked = 0;
  await using server = await serveWs(undefined, () => {
    asked += 1;
    return asked > 6 && asked <= 12;
  });
  const result = await drivePlan(loadPlan(server.url, { profile: storm() }));
  expect(result.reconnects).toMatchObject({ recovered: { hits: 6, total: 6 } });
  const refused = result.attempts.filter(({ outcome }) => outcome === 'failed');
  expect(refused).toHaveLength(6);
  for (const one of refused) {
    expect(one.retry).toBeGreaterThanOrEqual(1);
    expect(one).toMatchObject({ failure: { reason: 'overloaded', status: 503 } });
  }
  const tries = triesOf(result).samples();
  expect((tries.mean ?? 0) * tries.count).toBe(12);
  const marks = result.attempts.map(({ index, retry }) => `${String(index)}/${String(retry ?? 0)}`);
  expect(new Set(marks).size).toBe(18);
});

test('who is not let in gives up after the tries it has, and did not come back', async () => {
  let asked = 0;
  await using server = await serveWs(undefined, () => {
    asked += 1;
    return asked > 6;
  });
  const result = await drivePlan(loadPlan(server.url, { profile: storm({ tries: 3 }) }));
  expect(result.reconnects).toMatchObject({ recovered: { hits: 0, total: 6 }, recoveryTime: { count: 0 } });
  expect(triesOf(result).samples()).toMatchObject({ count: 6, min: 3, max: 3 });
  expect(asked).toBe(6 + 18);
});

test('no try begins after the time limit', async () => {
  let asked = 0;
  await using server = await serveWs(undefined, () => {
    asked += 1;
    return asked > 6;
  });
  const profile = storm({ tries: 1_000, withinSeconds: 0.3 });
  const result = await drivePlan(loadPlan(server.url, { profile }));
  expect(result.reconnects).toMatchObject({ recovered: { hits: 0, total: 6 } });
  const latestMs = Math.max(...result.attempts.map(({ dueAtMs }) => dueAtMs));
  const firstMs = Math.min(
    ...result.attempts.filter(({ retry }) => retry === 1).map(({ dueAtMs }) => dueAtMs),
  );
  expect(latestMs - firstMs).toBeLessThanOrEqual(300);
});

test('who had never been in is not cut, and does not come back', async () => {
  await using server = await serveWs(undefined, () => true);
  const result = await drivePlan(loadPlan(server.url, { profile: storm() }));
  expect(result.reconnects).toMatchObject({ recovered: { hits: 0, total: 0 } });
  expect(result.attempts).toHaveLength(6);
});

test('two agents cut at the same instant of their clocks, and add up to one storm', async () => {
  await using server = await serveWs();
  const plan = loadPlan(server.url, { profile: storm({ connections: 7 }) });
  const parts = await Promise.all([0, 1].map((part) => drivePlan(plan, { share: { part, of: 2 } })));
  const whole = mergeResults(parts);
  expect(whole.reconnects).toMatchObject({
    recovered: { hits: 7, total: 7 },
    recoveryTime: { count: 7 },
    tries: { count: 7 },
  });
  expect(whole.attempts.map(({ index, retry }) => [index, retry ?? 0])).toEqual(
    [0, 1, 2, 3, 4, 5, 6].flatMap((index) => [
      [index, 0],
      [index, 1],
    ]),
  );
});

test('a storm that is stopped while connections are away leaves nothing behind', async () => {
  const nothingIsLeft = noteWhatIsOpen();
  {
    const stop = new AbortController();
    await using server = await serveWs((socket) => {
      void once(socket, 'close').then(() => {
        stop.abort();
      });
    });
    const profile = storm({ backoffBaseSeconds: 3_600, backoffCapSeconds: 3_600, withinSeconds: 100_000 });
    const result = await drivePlan(loadPlan(server.url, { profile }), { signal: stop.signal });
    expect(result.reconnects).toMatchObject({ recovered: { hits: 0, total: 0 } });
  }
  await nothingIsLeft();
});

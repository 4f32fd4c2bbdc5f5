import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openTarget } from '../../fixtures/targets/index.ts';
import { ramp } from '../harness/load/profile.ts';
import { reconnectStorm } from '../harness/load/reconnect-storm.ts';
import {
  connectSuccess,
  connectTime,
  messagesReceived,
  stableConnections,
} from '../harness/metrics/catalogue.ts';
import { inEveryWindow } from '../harness/thresholds/in-every-window.ts';
import { judge } from '../harness/thresholds/judge.ts';
import { atLeast, below } from '../harness/thresholds/threshold.ts';
import type { Verdict } from '../harness/thresholds/verdict.ts';
import { defaultSettings } from './default-settings.ts';
import { measureLoad, type MeasuredLoad, type MeasureOptions } from './measure-load.ts';

/** Measures a server that refuses the first upgrades and accepts all others. */
const measure = async (
  options: Pick<MeasureOptions, 'profile' | 'endWhenBroken'> & Partial<MeasureOptions>,
  refusals: number,
): Promise<MeasuredLoad> => {
  let upgrades = 0;
  // The target is tried before it is measured.
  let isMeasured = false;
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient: (_info, answer) => {
      if (isMeasured) upgrades += 1;
      answer(!isMeasured || upgrades > refusals, 503);
    },
  });
  server.on('connection', (client) => {
    client.send('hello');
  });
  await once(server, 'listening');
  await using closing = new AsyncDisposableStack();
  closing.defer(() => {
    server.close();
    for (const client of server.clients) client.terminate();
  });
  const root = await mkdtemp(join(tmpdir(), 'early-end-'));
  await using opened = await openTarget({
    ...defaultSettings(root).target,
    kind: 'external',
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    initialMessageCount: 0,
  });
  isMeasured = true;
  return await measureLoad({
    target: opened.target,
    label: 'early end',
    signal: AbortSignal.timeout(60_000),
    onProgress: () => undefined,
    ...options,
  });
};

const success = atLeast(connectSuccess, 'ratio', 0.95);
const longLoad = ramp({ connections: 200, delaySeconds: 0.1, holdSeconds: 20 });

test('a load is ended when its promise is lost, which is broken; what could still have held is inconclusive', async () => {
  // 10 of 200 may fail.
  const run = await measure({ profile: longLoad, endWhenBroken: [success] }, 11);
  expect(run.endedEarly).toMatchObject({ promise: 'success rate ≥ 95.0 %' });
  expect(run.endedEarly?.reason).toMatch(
    /^94\.5 % is the best it can still come to, after \d+ of \d+, with/u,
  );
  expect(run.endedEarly?.savedMs).toBeGreaterThan(20_000);
  expect(run).toMatchObject({ interrupted: null, counts: { failed: 11 } });
  expect(run.counts.notStarted).toBeGreaterThan(100);
  expect(run.validity.checks.filter(({ name, passed }) => !passed && name.includes('started'))).toEqual([]);
  const evidence = { ...run, validity: { conclusive: true, checks: [] } };
  expect(judge(success, evidence)).toMatchObject({ outcome: 'broken', reason: run.endedEarly?.reason });
  expect(judge(below(connectTime, 'mean', 5_000), evidence)).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('because it could not keep success rate ≥ 95.0 % any more') as string,
  });
  expect(judge(atLeast(stableConnections, 'ratio', 0), evidence).outcome).toBe('inconclusive');
});

test('a load whose promise can still be kept runs to its end, also when all that may fail has failed', async () => {
  const profile = ramp({ connections: 40, delaySeconds: 0.03, holdSeconds: 0.5 });
  const run = await measure({ profile, endWhenBroken: [success] }, 2);
  expect(run).toMatchObject({ endedEarly: null, outlook: null, counts: { failed: 2, notStarted: 0 } });
  expect(judge(success, { ...run, validity: { conclusive: true, checks: [] } }).outcome).toBe('met');
});

test('in a storm that is ended early the tries to come back are no part of what was planned', async () => {
  const profile = reconnectStorm({
    connections: 20,
    cutAfterSeconds: 0.3,
    backoffBaseSeconds: 1,
    backoffCapSeconds: 1,
    holdSeconds: 20,
  });
  // All 20 get a message before the cut, and each that comes back another one.
  const endWhenBroken = [below(messagesReceived, 'count', 30)];
  const run = await measure({ profile, endWhenBroken }, 0);
  expect(run.endedEarly).not.toBeNull();
  expect(run.attempts.filter(({ retry }) => retry !== undefined).length).toBeGreaterThanOrEqual(10);
  expect(run.validity.checks.find(({ name }) => name === 'attempts started of planned')).toMatchObject({
    observed: 1,
    passed: true,
  });
});

test('what fails in the warm-up ends nothing', async () => {
  const profile = ramp({ connections: 20, delaySeconds: 0.05, holdSeconds: 0.5 });
  const run = await measure({ profile, endWhenBroken: [success], warmUpMs: 500 }, 10);
  expect(run).toMatchObject({ endedEarly: null, counts: { failed: 10, notStarted: 0 } });
  expect(run.metrics[connectSuccess.name]).toMatchObject({ hits: 10, total: 10 });
});

test('a load that its user stops has not been ended by its promises', async () => {
  const stop = new AbortController();
  const run = await measure(
    {
      profile: longLoad,
      endWhenBroken: [success],
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    },
    0,
  );
  expect(run).toMatchObject({ endedEarly: null, interrupted: 'stopped before its end' });
});

test('a first second in which all is refused breaks the windows that see it, and no window after a warm-up', async () => {
  const profile = ramp({ connections: 25, delaySeconds: 0.1, holdSeconds: 0.5 });
  const everySecond = inEveryWindow({ seconds: 1 }, atLeast(connectSuccess, 'ratio', 0.9));
  const judged = async (warmUpMs: number): Promise<Verdict> => {
    const run = await measure({ profile, warmUpMs }, 10);
    return judge(everySecond, { ...run, validity: { conclusive: true, checks: [] } });
  };
  expect(await judged(0)).toMatchObject({
    outcome: 'broken',
    observed: 0,
    samples: 10,
    windows: { judged: 2, broken: 1, worst: { fromMs: 0, untilMs: 1_000 } },
  });
  expect(await judged(1_000)).toMatchObject({ outcome: 'met', windows: { judged: 1, broken: 0 } });
});

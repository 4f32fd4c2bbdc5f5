import { expect, test } from 'vitest';
import { burst } from './burst.ts';
import { churnSchedule } from './churn-schedule.ts';
import { dueAtMs, endingOf } from './pacer.ts';
import { rampingArrivalRate } from './ramping-arrival-rate.ts';
import { exponentialLife, soak, uniformLife } from './soak.ts';
import { spike } from './spike.ts';
import { steps } from './steps.ts';
import { drivePlan, openedOf } from './testing/drive-plan.ts';
import { loadPlan } from './testing/load-plan.ts';
import { noteWhatIsOpen } from './testing/nothing-is-left.ts';
import { serveWs } from './testing/serve-ws.ts';

const closedAt = (attempt: { readonly closedAtMs: number | null }): number =>
  attempt.closedAtMs ?? Number.NaN;

test('a burst comes at one instant and is held together; the next comes when it is due', async () => {
  const nothingIsLeft = noteWhatIsOpen();
  {
    await using server = await serveWs();
    const profile = burst({ connections: 5, bursts: 3, everySeconds: 0.1, holdSeconds: 0.05 });
    const result = await drivePlan(loadPlan(server.url, { profile }));
    expect(result.attempts.map((one) => one.dueAtMs)).toEqual(
      [0, 100, 200].flatMap((dueMs) => Array.from({ length: 5 }, () => dueMs)),
    );
    const all = openedOf(result);
    expect(all.map(({ stable }) => stable)).toEqual(Array.from({ length: 15 }, () => true));
    for (const start of [0, 5, 10]) {
      const together = all.slice(start, start + 5);
      const lastOpenedMs = Math.max(...together.map(({ openedAtMs }) => openedAtMs));
      for (const one of together) expect(closedAt(one)).toBeGreaterThanOrEqual(lastOpenedMs + 48);
    }
    for (const one of all.slice(10)) expect(closedAt(one)).toBeGreaterThanOrEqual(result.holdOverAtMs);
  }
  await nothingIsLeft();
});

test('arrivals at a changing rate come when the area under the rate says, and live each for its own hold', async () => {
  await using server = await serveWs();
  const profile = rampingArrivalRate({
    stages: [
      { attemptsPerSecond: 100, durationSeconds: 0.2 },
      { attemptsPerSecond: 0, durationSeconds: 0.2 },
    ],
    holdSeconds: 0.02,
  });
  const all = openedOf(await drivePlan(loadPlan(server.url, { profile })));
  expect(all.map((one) => one.dueAtMs)).toEqual(
    Array.from({ length: 20 }, (_, index) => dueAtMs(profile.arrivals, index)),
  );
  for (const one of all) {
    expect(one).toMatchObject({ stable: true, failure: null });
    expect(closedAt(one) - one.openedAtMs).toBeGreaterThanOrEqual(18);
  }
});

test('steps add connections, and all leave at the end of the last', async () => {
  await using server = await serveWs();
  const profile = steps({ connectionsPerStep: 4, steps: 3, stepSeconds: 0.08, delaySeconds: 0.005 });
  const result = await drivePlan(loadPlan(server.url, { profile }));
  const all = openedOf(result);
  expect(all.map(({ stable }) => stable)).toEqual(Array.from({ length: 12 }, () => true));
  for (const one of all) expect(closedAt(one)).toBeGreaterThanOrEqual(result.holdOverAtMs);
  expect(result.holdOverAtMs).toBeGreaterThanOrEqual(238);
});

test('a spike comes onto the base and leaves before it', async () => {
  await using server = await serveWs();
  const profile = spike({
    baseConnections: 3,
    delaySeconds: 0,
    spikeConnections: 8,
    beforeSeconds: 0.05,
    spikeSeconds: 0.05,
    afterSeconds: 0.05,
  });
  const result = await drivePlan(loadPlan(server.url, { profile }));
  const all = openedOf(result);
  expect(all.map(({ stable }) => stable)).toEqual(Array.from({ length: 11 }, () => true));
  for (const one of all.slice(0, 3)) expect(closedAt(one)).toBeGreaterThanOrEqual(result.holdOverAtMs);
  for (const one of all.slice(3)) {
    expect(one.startedAtMs).toBeGreaterThanOrEqual(50);
    expect(closedAt(one)).toBeGreaterThanOrEqual(98);
    expect(closedAt(one)).toBeLessThanOrEqual(result.holdOverAtMs);
  }
});

test.for([
  ['exponential', exponentialLife({ meanSeconds: 0.1 })],
  ['uniform', uniformLife({ minimumSeconds: 0.05, maximumSeconds: 0.1 })],
] as const)('a soak with %s lives replaces each connection when the plan says', async ([, life]) => {
  const nothingIsLeft = noteWhatIsOpen();
  {
    await using server = await serveWs();
    const profile = soak({ connections: 10, durationSeconds: 0.6, delaySeconds: 0.002, life });
    const result = await drivePlan(loadPlan(server.url, { profile }));
    const all = openedOf(result);
    const { arrivals } = profile;
    const planned = arrivals.kind === 'churn' ? churnSchedule(arrivals) : [];
    expect(planned.length).toBeGreaterThan(30);
    expect(all.map((one) => one.dueAtMs)).toEqual(planned.map((one) => one.dueAtMs));
    for (const one of all) {
      expect(one).toMatchObject({ stable: true, failure: null });
      const ending = endingOf(arrivals, one.index);
      // Timers may fire up to a millisecond early.
      if (ending.kind === 'planned') expect(closedAt(one)).toBeGreaterThanOrEqual(ending.atMs - 2);
    }
    expect(openedOf(result).filter((one) => closedAt(one) >= result.holdOverAtMs)).toHaveLength(10);
  }
  await nothingIsLeft();
});

test('a soak keeps its places even where the server drops what it has', async () => {
  await using server = await serveWs((socket) => {
    socket.terminate();
  });
  const profile = soak({
    connections: 3,
    durationSeconds: 0.2,
    life: uniformLife({ minimumSeconds: 0.05, maximumSeconds: 0.05 }),
  });
  const result = await drivePlan(loadPlan(server.url, { profile }));
  expect(result.attempts.map(({ outcome }) => outcome)).not.toContain('not-started');
  expect(openedOf(result).map(({ stable }) => stable)).not.toContain(true);
});

test('a soak that is stopped early leaves nothing behind', async () => {
  const nothingIsLeft = noteWhatIsOpen();
  {
    const stop = new AbortController();
    await using server = await serveWs((_, number) => {
      if (number === 4) stop.abort();
    });
    const profile = soak({
      connections: 5,
      durationSeconds: 3_600,
      life: exponentialLife({ meanSeconds: 600 }),
    });
    const result = await drivePlan(loadPlan(server.url, { profile }), { signal: stop.signal });
    expect(result.attempts.filter(({ outcome }) => outcome === 'not-started').length).toBeGreaterThan(10);
  }
  await nothingIsLeft();
});

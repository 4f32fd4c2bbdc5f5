import { queryObjects } from 'node:v8';
import { expect, test } from 'vitest';
import { monitorServer, type MonitorOptions } from './monitor-server.ts';
import type { MonitorLook, ProbeResult } from './monitor-sample.ts';
import { away, statistics } from './testing/make-reading.ts';

const answered = { monitoring: statistics(), metrics: null };
const never = new AbortController().signal;
const base: MonitorOptions = {
  read: () => Promise.resolve(answered),
  intervalMs: 20,
  probe: null,
  memoryWindowMs: 60_000,
  count: null,
  durationMs: null,
  signal: never,
};

const looksOf = async (options: Partial<MonitorOptions>): Promise<readonly MonitorLook[]> => {
  const looks: MonitorLook[] = [];
  for await (const look of monitorServer({ ...base, ...options })) looks.push(look);
  return looks;
};

test('it looks as often as the count says', async () => {
  expect(await looksOf({ count: 3 })).toHaveLength(3);
});

test('the looks are due at fixed times, however long an answer takes', async () => {
  const looks = await looksOf({
    intervalMs: 100,
    count: 3,
    read: async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return answered;
    },
  });
  // Taken 60 ms after they were due at 0, 100 and 200 ms; without a grid the last would come at 380 ms.
  expect(looks.map(({ elapsedSeconds }) => Math.floor(elapsedSeconds * 10))).toEqual([0, 1, 2]);
});

test('looks that a slow server made impossible are left out', async () => {
  let asked = 0;
  const looks = await looksOf({
    intervalMs: 50,
    durationMs: 400,
    read: async () => {
      asked += 1;
      if (asked === 1) await new Promise((resolve) => setTimeout(resolve, 210));
      return answered;
    },
  });
  expect(looks.length).toBeLessThanOrEqual(5);
});

/** A reading that can be counted in memory. */
class CountedReading {
  readonly monitoring = statistics();
  readonly metrics = null;
}

test('of what it has read it keeps nothing, however long it watches', async () => {
  await looksOf({ intervalMs: 1, count: 50, read: () => Promise.resolve(new CountedReading()) });
  expect(queryObjects(CountedReading, { format: 'count' })).toBeLessThan(5);
});

test('the signal ends it while an answer is pending, and while it waits', async () => {
  for (const read of [() => new Promise<never>(() => undefined), base.read]) {
    const stopped = new AbortController();
    setTimeout(() => stopped.abort(), 30);
    const looks = await looksOf({ read, intervalMs: 3_600_000, signal: stopped.signal });
    expect(looks.length).toBe(read === base.read ? 1 : 0);
  }
});

test('probes have a rhythm of their own, and come with the next look', async () => {
  const result: ProbeResult = { outcome: 'opened', connectTimeMs: 1, firstMessageMs: null };
  const looks = await looksOf({
    intervalMs: 200,
    count: 3,
    read: () => Promise.resolve({ monitoring: away, metrics: null }),
    probe: { everyMs: 20, open: () => Promise.resolve(result) },
  });
  const counts = looks.map(({ probes }) => probes.length);
  expect(counts[0]).toBeLessThanOrEqual(1);
  expect(Math.min(...counts.slice(1))).toBeGreaterThanOrEqual(2);
  expect(looks.map(({ server }) => server)).toEqual(['away', 'away', 'away']);
});

const hang = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null));
  });

test('the end calls a probe off that hangs', async () => {
  const looks = await looksOf({ count: 2, probe: { everyMs: 10, open: hang } });
  expect(looks.map(({ probes }) => probes)).toEqual([[], []]);
});

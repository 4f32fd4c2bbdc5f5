import { expect, test } from 'vitest';
import { MonitorSeries } from './monitor-series.ts';
import type { MonitorLook } from './monitor-sample.ts';
import type { ServerReading } from './server-reading.ts';
import { away, metrics, readingAt, statistics } from './testing/make-reading.ts';

const mebibyte = 2 ** 20;

const looksAt = (...readings: readonly ServerReading[]): readonly MonitorLook[] => {
  const series = new MonitorSeries(60_000);
  return readings.map((reading) => series.add(reading, []));
};

const lastOf = (...readings: readonly ServerReading[]): MonitorLook => {
  const look = looksAt(...readings).at(-1);
  if (look === undefined) throw new Error('No reading was given.');
  return look;
};

test('the first look has counts, and no rates', () => {
  expect(lastOf(readingAt(0))).toMatchObject({
    at: '2026-11-22T12:00:00.000Z',
    server: 'up',
    open: 10,
    peak: 20,
    totals: { attempts: 100, failed: 0 },
    interval: null,
  });
});

test('rates are what the counters did since the look before', () => {
  const look = lastOf(
    readingAt(0, statistics({ attempts: 100, failed: 10, connectTimesSeconds: [9, 9] })),
    readingAt(
      5,
      statistics({
        attempts: 120,
        failed: 18,
        connectTimesSeconds: [9, 9, ...Array<number>(11).fill(0.1), 0.7],
      }),
    ),
  );
  expect(look.interval).toEqual({
    seconds: 5,
    attempts: 20,
    failed: 8,
    attemptsPerSecond: 4,
    failureRatio: 0.4,
    connectTimeMs: { mean: expect.closeTo(150) as number, max: 700, samples: 12 },
  });
});

test('of more new connections than the server keeps times of, those that it keeps are taken', () => {
  const look = lastOf(
    readingAt(0, statistics({ attempts: 0 })),
    readingAt(5, statistics({ attempts: 5_000, connectTimesSeconds: [0.2, 0.4] })),
  );
  expect(look.interval?.connectTimeMs).toEqual({ mean: expect.closeTo(300) as number, max: 400, samples: 2 });
});

test('without an attempt there is neither a failure rate nor a connect time', () => {
  const calm = statistics({ connectTimesSeconds: [0.1] });
  expect(lastOf(readingAt(0, calm), readingAt(5, calm)).interval).toMatchObject({
    attempts: 0,
    attemptsPerSecond: 0,
    failureRatio: null,
    connectTimeMs: null,
  });
});

test('attempts that were counted earlier and fail now make no rate above 1', () => {
  const look = lastOf(
    readingAt(0, statistics({ attempts: 100, failed: 0 })),
    readingAt(5, statistics({ attempts: 101, failed: 5 })),
  );
  expect(look.interval?.failureRatio).toBe(1);
});

test.each([
  ['fewer attempts', { attempts: 7, failed: 2, peak: 20 }],
  ['fewer failures', { attempts: 300, failed: 0, peak: 20 }],
  ['a lower peak', { attempts: 300, failed: 9, peak: 19 }],
] as const)('%s than before: the counters began anew, and count from zero', (_what, now) => {
  const before = statistics({ attempts: 200, failed: 5, peak: 20 });
  const look = lastOf(readingAt(0, before), readingAt(5, statistics(now)));
  expect(look.countersReset).toBe(true);
  expect(look.interval).toMatchObject({ attempts: now.attempts, failed: now.failed });
});

test('a server that is away has no figures, and the interval after it reaches back over the outage', () => {
  const [, gone, back] = looksAt(
    readingAt(0, statistics({ attempts: 100 })),
    readingAt(5, away),
    readingAt(10, statistics({ attempts: 130 })),
  );
  expect(gone).toMatchObject({
    server: 'away',
    reason: 'ECONNREFUSED',
    open: null,
    interval: null,
    process: null,
  });
  expect(back).toMatchObject({
    server: 'up',
    interval: { seconds: 10, attempts: 30, attemptsPerSecond: 3 },
  });
});

test('a server with active-connections alone is up, without rates', () => {
  const look = lastOf(readingAt(0, { kind: 'active-connections', open: 3, peak: 4 }));
  expect(look).toMatchObject({ server: 'up', open: 3, peak: 4, totals: null, interval: null });
});

test('a process that started since the look before has restarted, and its memory is watched anew', () => {
  const started = metrics().startedAtEpochMs ?? 0;
  const young = metrics({ startedAtEpochMs: started + 67_000, memoryBytes: 50 * mebibyte, cpuMs: 100 });
  const looks = looksAt(
    readingAt(0, statistics(), metrics()),
    readingAt(5, statistics(), metrics()),
    readingAt(10, statistics(), young),
    readingAt(15, statistics(), young),
  );
  expect(looks.map(({ restarted }) => restarted)).toEqual([false, false, true, false]);
  expect(looks[2]?.process).toMatchObject({ memoryGrowthBytesPerSecond: null, cpuRatio: null });
});

test('behind a load balancer another instance that answers has not restarted', () => {
  const other = metrics({ startedAtEpochMs: (metrics().startedAtEpochMs ?? 0) + 1_000 });
  const looks = looksAt(
    readingAt(0, statistics(), metrics()),
    readingAt(5, statistics(), other),
    readingAt(10, statistics(), metrics()),
  );
  expect(looks.map(({ restarted }) => restarted)).toEqual([false, false, false]);
});

test('of instances that answer in turns behind a load balancer, each is compared with itself', () => {
  const started = metrics().startedAtEpochMs ?? 0;
  const looks = looksAt(
    ...Array.from({ length: 25 }, (_, index) =>
      readingAt(
        index * 5,
        statistics(),
        index % 2 === 0
          ? metrics({ memoryBytes: (100 + index) * mebibyte, cpuMs: 1_000 + index * 500 })
          : metrics({ startedAtEpochMs: started - 60_000, memoryBytes: 300 * mebibyte, cpuMs: 90_000 }),
      ),
    ),
  );
  const [steady, leaking] = looks.slice(-2).map(({ process }) => process);
  expect(steady).toMatchObject({ memoryGrowthBytesPerSecond: 0, cpuRatio: 0 });
  expect(leaking).toMatchObject({ memoryGrowthBytesPerSecond: mebibyte / 5, cpuRatio: 0.1 });
});

test('whether it restarted is judged by the server’s clock, not by ours', () => {
  const aheadMs = 3_600_000;
  const started = (metrics().startedAtEpochMs ?? 0) + aheadMs;
  const at = (seconds: number, startedAtEpochMs: number): ServerReading => {
    const reading = readingAt(seconds);
    const atServer = statistics({ atServerEpochMs: reading.atEpochMs + aheadMs });
    return { ...reading, monitoring: atServer, metrics: metrics({ startedAtEpochMs }) };
  };
  const looks = looksAt(at(0, started), at(5, started + 1_000), at(10, started + 68_000));
  expect(looks.map(({ restarted }) => restarted)).toEqual([false, false, true]);
});

test('processor time is that of the interval, in cores', () => {
  const look = lastOf(
    readingAt(0, statistics(), metrics({ cpuMs: 1_000 })),
    readingAt(5, statistics(), metrics({ cpuMs: 3_500 })),
  );
  expect(look.process?.cpuRatio).toBe(0.5);
});

test('memory that grows is told once half of the window was seen', () => {
  const growing = Array.from({ length: 13 }, (_, index) =>
    readingAt(index * 5, statistics(), metrics({ memoryBytes: (100 + index) * mebibyte })),
  );
  const slopes = looksAt(...growing).map(({ process }) => process?.memoryGrowthBytesPerSecond);
  expect(slopes.slice(0, 6)).toEqual(Array(6).fill(null));
  expect(slopes.slice(6)).toEqual(Array(7).fill(mebibyte / 5));
});

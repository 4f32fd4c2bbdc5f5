import { expect, test } from 'vitest';
import type { ConnectionAttempt } from '../harness/connection/attempt.ts';
import { ramp } from '../harness/load/profile.ts';
import { exponentialLife, soak } from '../harness/load/soak.ts';
import { withSlowReaders } from '../harness/load/with-slow-readers.ts';
import {
  countDifferences,
  serverCpuPerConnection,
  serverMemoryGrowth,
  serverMemoryRise,
} from '../harness/metrics/catalogue.ts';
import type { ServerSample } from '../harness/record/run-record.ts';
import { summarizeServer, type ServedLoad } from './summarize-server.ts';

/** Ten attempts a second, each refused at once. */
const attempts = Array.from({ length: 50 }, (_, index): ConnectionAttempt => ({
  outcome: 'failed',
  index,
  dueAtMs: index * 100,
  startedAtMs: index * 100 + 1,
  failedAtMs: index * 100 + 5,
  failure: { reason: 'overloaded', status: 503, closeCode: null, detail: null },
}));
/** An attempt costs 20 ms in the first two seconds and 1 ms later; memory rises fast until 14 s, then by 1,000 bytes/s. */
const samples = Array.from({ length: 20 }, (_, second): ServerSample => ({
  atMs: second * 1_000,
  cpuMs: 10 * (20 * Math.min(2, second) + Math.min(3, Math.max(0, second - 2))),
  memoryBytes: second < 14 ? second * 1e6 : 1.4e7 + second * 1_000,
  currentConnections: 0,
}));
const load = (warmUpMs: number): ServedLoad => ({
  attempts,
  grid: { warmUpMs, slotMs: 1_000 },
  openingOverAtMs: 4_905,
  holdOverAtMs: 19_000,
});
const profile = ramp({ connections: 50, delaySeconds: 0.1, holdSeconds: 14 });
const server = { samples, differences: [] };

test.for<[number, number]>([
  [0, (40 * 10 + 30) / 50],
  [2_000, 30 / 29],
])(
  'with a warm-up of %i ms the server’s processor time is %d ms for each judged attempt',
  ([warmUpMs, ms]) => {
    // Of the 30 judged ones the first began before the reading at 2,001 ms.
    const late = samples.map((one) => Object.assign({}, one, { atMs: one.atMs + (warmUpMs === 0 ? 0 : 2) }));
    const summary = summarizeServer(profile, load(warmUpMs), { ...server, samples: late });
    expect(summary[serverCpuPerConnection.name]).toMatchObject({ value: ms });
  },
);

test('a soak has no processor time per connection: its connections open to the end', () => {
  const churn = soak({ connections: 5, durationSeconds: 5, life: exponentialLife({ meanSeconds: 1 }) });
  expect(summarizeServer(churn, load(0), server)[serverCpuPerConnection.name]).toMatchObject({ value: null });
});

test('memory that grows in the warm-up is not judged', () => {
  expect(summarizeServer(profile, load(0), server)[serverMemoryGrowth.name]).not.toMatchObject({
    value: 1_000,
  });
  expect(summarizeServer(profile, load(14_000), server)[serverMemoryGrowth.name]).toMatchObject({
    value: 1_000,
  });
});

test('the counts of both sides are compared over the whole load, the warm-up included', () => {
  expect(summarizeServer(profile, load(2_000), server)[countDifferences.name]).toMatchObject({
    count: 0,
    connections: 50,
  });
});

test('memory rises from what is usual between the opening and the stop to its highest before they read again', () => {
  const slow = withSlowReaders(profile, { oneIn: 50, stopAfterSeconds: 8.5, forSeconds: 5 });
  const rise = (warmUpMs: number) => summarizeServer(slow, load(warmUpMs), server)[serverMemoryRise.name];
  // Readings from 5 s to 8 s, and from 9 s to 13 s.
  expect(rise(0)).toMatchObject({ value: 13e6 - 6.5e6, readings: 4 + 5 });
  expect(rise(6_000)).toMatchObject({ value: 13e6 - 7e6, readings: 3 + 5 });
  expect(summarizeServer(profile, load(0), server)).not.toHaveProperty(serverMemoryRise.name);
});

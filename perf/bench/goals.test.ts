import { expect, test } from 'vitest';
import { holdAgainstGoals, type Figures } from './goals.ts';
import type { Comparison } from './sittings.ts';

const comparison = (ours: number, ratio = ours): Comparison => ({ ours, naive: 1, ratio });

const scale = (connections: number, cpuMsPerConnection: number): Figures['scale'][number] => ({
  connections,
  agents: 3,
  servers: 3,
  sourceAddresses: 2,
  ours: {
    connectionsPerSecond: 1_000,
    cpuMsPerConnection,
    residentKilobytesPerConnection: 5,
    serverCpuShare: 0.9,
    listenOverflows: 0,
  },
  naive: null,
  sittings: { ours: [], naive: [] },
});

const spread = { count: 1, meanMs: 1, p50Ms: 1, p95Ms: 1, p99Ms: 1 };

/** Every figure exactly at its limit, or as given. */
const figures = (given: {
  readonly mean?: number;
  readonly accuracyAt?: number;
  /** Of ten sittings. */
  readonly inconclusive?: number;
  readonly neighbours?: number;
  readonly speed?: number;
  readonly kilobytes?: number;
  readonly echoServer?: number;
  readonly cpuAtScale?: number;
}): Figures => {
  const opening = (connections: number, cpuMs: number): Figures['opening'][number] => ({
    connections,
    sittings: [],
    holdings: [],
    connectionsPerSecond: comparison(given.speed ?? 2.2),
    cpuMsPerConnection: comparison(cpuMs, 0.35),
    residentKilobytesPerConnection: comparison(given.kilobytes ?? 6),
    serverCpuShare: 0.5,
    inconclusive: 0,
  });
  return {
    accuracy: [
      {
        connections: given.accuracyAt ?? 200,
        sittings: Array.from({ length: 10 }, (_, sitting) => {
          const report = { reported: spread, probe: spread, failedChecks: [] };
          const ours = { ...report, neighbourCpuShare: given.neighbours ?? 0.3 };
          return {
            ours: { ...ours, conclusive: sitting >= (given.inconclusive ?? 1) },
            naive: { ...ours, conclusive: null },
          };
        }),
        meanOfProbe: comparison(given.mean ?? 1.03 - 1e-9),
        p95OfProbe: comparison(0.85 + 1e-9),
        inconclusive: given.inconclusive ?? 1,
      },
    ],
    opening: [opening(1_000, 1), opening(10_000, 2)],
    messages: {
      echo: {
        connections: 100,
        sittings: [],
        roundTripsPerSecond: comparison(1.7),
        cpuMicrosecondsPerRoundTrip: comparison(0.55),
        serverCpuShare: given.echoServer ?? 0.5,
      },
      paced: {
        messagesPerSecond: 1_000,
        sittings: [],
        p50OfProbe: comparison(0.9 + 1e-9),
        p99OfProbe: comparison(1.25),
      },
    },
    scale: [scale(1_000, 1), scale(50_000, given.cpuAtScale ?? 1.2 - 1e-9)],
  };
};

const missed = (given: Parameters<typeof figures>[0]): string[] =>
  holdAgainstGoals(figures(given)).flatMap(({ met, subject }) => (met === false ? [subject] : []));

test('a figure at its limit meets the goal', () => {
  expect(missed({})).toEqual([]);
});

test.for([
  [{ mean: 1.031 }, ['truth: mean connect time at 200 connections']],
  [{ mean: 0.969 }, ['truth: mean connect time at 200 connections']],
  [{ speed: 2.19 }, ['opening: connections/s at 1,000', 'opening: connections/s at 10,000']],
  [{ kilobytes: 6.1 }, ['cost: resident per held connection at 10,000']],
  [{ cpuAtScale: 1.21 }, ['scale: CPU per connection from 1,000 to 50,000']],
  [{ cpuAtScale: 0.83 }, ['scale: CPU per connection from 1,000 to 50,000']],
] as const)('%o misses %o', ([given, subjects]) => {
  expect(missed(given)).toEqual(subjects);
});

test.for([
  [0.9, '1.70 ×'],
  [0.91, '1.70 ×, a lower bound: the server was the limit'],
] as const)('with a server at %f of a core the round trips are %s', ([echoServer, figure]) => {
  expect(
    holdAgainstGoals(figures({ echoServer })).find(({ subject }) => subject.endsWith('trips/s'))?.figure,
  ).toBe(figure);
});

test('up to 5,000 connections a run that says it is inconclusive is no excuse', () => {
  expect(missed({ accuracyAt: 5_000, mean: 2, inconclusive: 10 })).toEqual([
    'truth: mean connect time at 5,000 connections',
    'truth: conclusive at up to 5,000 connections',
  ]);
});

test('at more connections a run that says it is inconclusive misleads nobody, and need not be conclusive', () => {
  expect(missed({ accuracyAt: 10_000, mean: 2, inconclusive: 10 })).toEqual([]);
  expect(missed({ accuracyAt: 10_000, mean: 2, inconclusive: 9 })).toEqual([
    'truth: mean connect time at 10,000 connections',
  ]);
});

const conclusiveGoal = (given: Parameters<typeof figures>[0]): object | undefined =>
  holdAgainstGoals(figures(given)).find(({ subject }) => subject.startsWith('truth: conclusive'));

test.for([
  [{ inconclusive: 1 }, { met: true, figure: '9 of 10' }],
  [{ inconclusive: 2 }, { met: false, figure: '8 of 10' }],
  [
    { inconclusive: 10, neighbours: 0.31 },
    { met: null, figure: 'none of 10 sittings was calm' },
  ],
] as const)('with %o the share of conclusive sittings is %o', ([given, goal]) => {
  expect(conclusiveGoal(given)).toMatchObject(goal);
});

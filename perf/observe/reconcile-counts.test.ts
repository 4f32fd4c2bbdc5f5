import { expect, test } from 'vitest';
import type { ConnectionAttempt } from '../harness/connection/attempt.ts';
import { failureOf } from '../harness/connection/classify-failure.ts';
import type { FailureReason } from '../harness/connection/failure.ts';
import { reconcileCounts } from './reconcile-counts.ts';
import { makeStatistics } from './testing/make-statistics.ts';

const opened: ConnectionAttempt = {
  index: 0,
  dueAtMs: 0,
  outcome: 'opened',
  startedAtMs: 1_000,
  dnsResolvedAtMs: null,
  tcpConnectedAtMs: 1_000,
  tlsDoneAtMs: null,
  openedAtMs: 1_000,
  firstMessageAtMs: null,
  readyAtMs: null,
  closedAtMs: 3_000,
  messagesReceived: 0,
  bytesReceived: 0,
  failure: null,
  stable: true,
};
const failed = (reason: FailureReason): ConnectionAttempt => ({
  index: 0,
  dueAtMs: 0,
  outcome: 'failed',
  startedAtMs: 0,
  failedAtMs: 1,
  failure: failureOf(reason),
});

test.for<{
  seen: ConnectionAttempt[];
  total: number;
  refused: number;
  differences: number;
  instances?: number;
}>([
  { seen: [opened, opened], total: 2, refused: 0, differences: 0 },
  { seen: [opened], total: 2, refused: 0, differences: 1 },
  { seen: [opened, failed('unauthorized')], total: 2, refused: 1, differences: 0 },
  { seen: [opened, failed('overloaded')], total: 2, refused: 0, differences: 1 },
  { seen: [failed('refused'), failed('dns')], total: 0, refused: 0, differences: 0 },
  { seen: [failed('refused')], total: 1, refused: 1, differences: 2 },
  { seen: [failed('handshake-timeout')], total: 0, refused: 0, differences: 0 },
  { seen: [failed('handshake-timeout')], total: 1, refused: 1, differences: 0 },
  // Two instances: what one refused, the other let in, or both refused.
  { seen: [opened], total: 2, refused: 1, differences: 0, instances: 2 },
  { seen: [failed('overloaded')], total: 2, refused: 2, differences: 0, instances: 2 },
  { seen: [failed('overloaded')], total: 3, refused: 3, differences: 1, instances: 2 },
  { seen: [opened, failed('overloaded')], total: 3, refused: 1, differences: 1, instances: 2 },
  { seen: [failed('overloaded')], total: 0, refused: 0, differences: 1, instances: 2 },
])(
  '$seen.length attempts against $total counted, $refused of them refused: $differences differences',
  (row) => {
    const before = makeStatistics(100, 10);
    const after = makeStatistics(100 + row.total, 10 + row.refused);
    expect(
      reconcileCounts({ attempts: row.seen, before, after, samples: [], instances: row.instances ?? 1 }),
    ).toHaveLength(row.differences);
  },
);

test.for([
  { openBefore: 0, openAfter: 0, agrees: true },
  { openBefore: 3, openAfter: 3, agrees: true },
  { openBefore: 3, openAfter: 2, agrees: true },
  { openBefore: 3, openAfter: 4, agrees: false },
])(
  '$openAfter open after the load and $openBefore before it agrees with clients that have all left: $agrees',
  ({ openBefore, openAfter, agrees }) => {
    const before = { ...makeStatistics(0, 0), current_connections: openBefore };
    const after = { ...makeStatistics(1, 0), current_connections: openAfter };
    const differences = reconcileCounts({ attempts: [opened], before, after, samples: [], instances: 1 });
    expect(differences).toEqual(
      agrees ? [] : [expect.stringContaining('still counted 1 of its connections')],
    );
  },
);

test.for([
  // Its server ended it at some time after it had stopped reading, of which its client heard at 3,000 ms.
  { slowReading: { state: 'closed', stoppedAtMs: 1_500, closeCode: 1_013, unreadBytes: 0 }, agrees: true },
  { slowReading: { state: 'closed', stoppedAtMs: 2_251, closeCode: 1_013, unreadBytes: 0 }, agrees: false },
  { slowReading: { state: 'undecided', stoppedAtMs: 1_500 }, agrees: false },
] as const)('that $slowReading is not counted any more agrees: $agrees', ({ slowReading, agrees }) => {
  const samples = [{ atMs: 2_000, cpuMs: null, memoryBytes: null, currentConnections: 0 }];
  const counts = { before: makeStatistics(0, 0), after: makeStatistics(1, 0), samples, instances: 1 };
  const attempts = [{ ...opened, slowReading }];
  expect(reconcileCounts({ attempts, ...counts })).toHaveLength(agrees ? 0 : 1);
});

test.for([
  { atMs: 2_000, current: 1, agrees: true },
  { atMs: 2_000, current: 0, agrees: false },
  { atMs: 2_000, current: 2, agrees: false },
  { atMs: 1_200, current: 0, agrees: true },
  { atMs: 1_251, current: 0, agrees: false },
  { atMs: 500, current: 1, agrees: false },
  { atMs: -50, current: 9, agrees: true },
])('after $atMs ms, $current open by the server’s count agrees: $agrees', ({ atMs, current, agrees }) => {
  const samples = [{ atMs, cpuMs: null, memoryBytes: null, currentConnections: current }];
  const both = {
    attempts: [opened],
    before: makeStatistics(0, 0),
    after: makeStatistics(1, 0),
    samples,
    instances: 1,
  };
  expect(reconcileCounts(both)).toHaveLength(agrees ? 0 : 1);
});

test.for([
  { answers: [1, null], differences: 0 },
  { answers: [1, null, null], differences: 1 },
  { answers: [null], differences: 1 },
])('an endpoint that answers $answers is a difference: $differences', ({ answers, differences }) => {
  const samples = answers.map((currentConnections) => ({
    atMs: 2_000,
    cpuMs: null,
    memoryBytes: null,
    currentConnections,
  }));
  const both = {
    attempts: [opened],
    before: makeStatistics(0, 0),
    after: makeStatistics(1, 0),
    samples,
    instances: 1,
  };
  expect(reconcileCounts(both)).toHaveLength(differences);
});

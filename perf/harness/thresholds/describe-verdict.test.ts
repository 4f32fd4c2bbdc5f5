import { expect, test } from 'vitest';
import { failureOf } from '../connection/classify-failure.ts';
import { connectSuccess, connectTime, initialMessages } from '../metrics/catalogue.ts';
import { Distribution } from '../metrics/distribution.ts';
import type { SlotSummary } from '../metrics/slot-samples.ts';
import { TimedDistribution, type DistributionSlot } from '../metrics/timed-distribution.ts';
import { explainVerdict, verdictLine, type ExplainedRun } from './describe-verdict.ts';
import { inEveryWindow } from './in-every-window.ts';
import { judge } from './judge.ts';
import { above, atLeast, below, type Threshold } from './threshold.ts';
import type { Verdict } from './verdict.ts';

const slow = new Distribution();
for (const valueMs of [400, 600, 1_136]) slow.record(valueMs);

const run: ExplainedRun = {
  warmUp: null,
  metrics: {
    [connectTime.name]: slow.samples(),
    [connectSuccess.name]: { kind: 'rate', hits: 15, total: 20 },
    [initialMessages.name]: { kind: 'rate', hits: 11, total: 15 },
  },
  counts: {
    planned: 20,
    attempted: 20,
    successful: 15,
    failed: 5,
    notStarted: 0,
    ready: 11,
    stable: 9,
    messagesReceived: 30,
  },
  failures: [
    { ...failureOf('overloaded', { status: 503 }), count: 2 },
    { ...failureOf('handshake-timeout'), count: 3 },
    { ...failureOf('no-initial-message'), count: 4 },
    { ...failureOf('dropped', { closeCode: 1_006 }), count: 6 },
  ],
};

/** A connect time of 100 ms in each of six seconds, and of 400 ms in the fifth; 12 samples each, 3 in the last. */
const slots: SlotSummary = {
  slotMs: 1_000,
  fromMs: 0,
  untilMs: 6_000,
  metrics: {
    [connectTime.name]: {
      kind: 'trend',
      unit: 'ms',
      slots: [0, 1, 2, 3, 4, 5].map((slot) => {
        const values = new TimedDistribution({ warmUpMs: 0, slotMs: 1_000 });
        for (let index = 0; index < (slot === 5 ? 3 : 12); index += 1)
          values.record(slot === 4 ? 400 : 100, slot * 1_000);
        return values.slots()[0] as DistributionSlot;
      }),
    },
  },
};

const judged = (threshold: Threshold): Verdict =>
  judge(threshold, {
    ...run,
    validity: { conclusive: true, checks: [] },
    endedEarly: null,
    outlook: null,
    judgedBy: 'observed',
    interrupted: null,
    slots,
  });

const explain = (threshold: Threshold): string => explainVerdict(judged(threshold), run);

test('a broken connect time shows limit, observed value, distribution, failures and cause', () => {
  expect(explain(below(connectTime, 'mean', 500))).toMatchInlineSnapshot(`
    "Promise broken: average connect time < 500 ms
      limit     < 500 ms
      observed  712 ms (95 % CI -227 ms … 1.663 s)
      samples   3; min 400 ms, p50 600 ms, p95 1.136 s, p99 1.136 s, max 1.136 s
      attempts  20: 15 successful, 5 failed, 11 ready, 9 stable
      failures  overloaded 2 (HTTP 503), handshake-timeout 3, no-initial-message 4, dropped 6 (close 1006)
      likely    work during connection set-up: database queries, blocking Redis operations, CPU per handshake, or network latency"
  `);
});

test('a broken success rate names the cause of most failures to open, not of what came after', () => {
  expect(explain(above(connectSuccess, 'ratio', 0.95))).toMatchInlineSnapshot(`
    "Promise broken: success rate > 95.0 %
      limit     > 95.0 %
      observed  75.0 %
      samples   15 of 20
      attempts  20: 15 successful, 5 failed, 11 ready, 9 stable
      failures  overloaded 2 (HTTP 503), handshake-timeout 3, no-initial-message 4, dropped 6 (close 1006)
      likely    the server did not answer in time: check its CPU and memory, the database’s connection pool, Redis connection limits"
  `);
});

test('missing initial messages point to what the server does on connect', () => {
  expect(explain(atLeast(initialMessages, 'ratio', 1))).toMatchInlineSnapshot(`
    "Promise broken: initial messages ≥ 100.0 %
      limit     ≥ 100.0 %
      observed  73.3 %
      samples   11 of 15
      attempts  20: 15 successful, 5 failed, 11 ready, 9 stable
      failures  overloaded 2 (HTTP 503), handshake-timeout 3, no-initial-message 4, dropped 6 (close 1006)
      likely    initial messages are missing or late: check what the server does on connect (database, Redis), or set --initial-messages"
  `);
});

const windowed = (seconds: number, minimumSamples: number): string =>
  verdictLine(judged(inEveryWindow({ seconds, minimumSamples }, below(connectTime, 'p50', 250))));

test('a promise about windows names the worst one, how many were broken, and how many were left out', () => {
  expect(windowed(2, 20)).toMatchInlineSnapshot(
    `"✓ p50 connect time < 250 ms in every window of 2 s: observed 100 ms at worst, from 3 s to 5 s (24 samples); 0 of 4 windows broken, 1 with fewer than 20 samples left out"`,
  );
  expect(windowed(1, 10)).toMatchInlineSnapshot(
    `"✗ p50 connect time < 250 ms in every window of 1 s: observed 400 ms at worst, from 4 s to 5 s (12 samples); 1 of 5 windows broken, 1 with fewer than 10 samples left out"`,
  );
  expect(windowed(1, 50)).toMatchInlineSnapshot(
    `"? p50 connect time < 250 ms in every window of 1 s: observed no data; inconclusive: no window of 1 s has the least number of samples of connect time, which is 50"`,
  );
  expect(windowed(7, 10)).toMatchInlineSnapshot(
    `"? p50 connect time < 250 ms in every window of 7 s: observed no data; inconclusive: 6.000 s were judged, too short for a window of 7 s"`,
  );
});

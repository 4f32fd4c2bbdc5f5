import { expect, test } from 'vitest';
import { failureOf } from '../connection/classify-failure.ts';
import { connectSuccess, connectTime, initialMessages } from '../metrics/catalogue.ts';
import { Distribution } from '../metrics/distribution.ts';
import { explainVerdict, type ExplainedRun } from './describe-verdict.ts';
import { judge } from './judge.ts';
import { above, atLeast, below, type Threshold } from './threshold.ts';

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

const explain = (threshold: Threshold): string => {
  return explainVerdict(
    judge(threshold, { ...run, validity: { conclusive: true, checks: [] }, interrupted: null }),
    run,
  );
};

test('a broken connect time shows limit, observed value, distribution, failures and cause', () => {
  expect(explain(below(connectTime, 'mean', 500))).toMatchInlineSnapshot(`
    "Promise broken: average connect time < 500 ms
      limit     < 500 ms
      observed  712 ms
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

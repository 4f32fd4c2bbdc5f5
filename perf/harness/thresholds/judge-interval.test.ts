import { expect, test } from 'vitest';
import { connectSuccess, connectTime, messagesReceived } from '../metrics/catalogue.ts';
import { Distribution } from '../metrics/distribution.ts';
import type { Summary } from '../metrics/samples.ts';
import { verdictLine } from './describe-verdict.ts';
import { judge, type Evidence } from './judge.ts';
import type { JudgedBy } from './judge-interval.ts';
import { above, atLeast, atMost, below, type Threshold } from './threshold.ts';
import type { Verdict } from './verdict.ts';

const evidence = (metrics: Summary, judgedBy: JudgedBy): Evidence => ({
  metrics,
  judgedBy,
  validity: { conclusive: true, checks: [] },
  interrupted: null,
  warmUp: null,
  slots: { slotMs: 1_000, fromMs: 0, untilMs: 5_000, metrics: {} },
  endedEarly: null,
  outlook: null,
});

/** 1 ms, 2 ms, … `count` ms. */
const counting = (count: number): Summary => {
  const distribution = new Distribution();
  for (let ms = 1; ms <= count; ms += 1) distribution.record(ms);
  return { [connectTime.name]: distribution.samples() };
};
const successes = (hits: number, total: number): Summary => ({
  [connectSuccess.name]: { kind: 'rate', hits, total },
});

const byInterval = (threshold: Threshold, metrics: Summary): Verdict =>
  judge(threshold, evidence(metrics, 'interval'));
const asObserved = (threshold: Threshold, metrics: Summary): Verdict =>
  judge(threshold, evidence(metrics, 'observed'));

const fortyToSixtyOne = { lower: expect.closeTo(40, 1) as number, upper: expect.closeTo(61, 1) as number };

// The interval of the median of 1 … 100 is from the 40th to the 61st of them (order statistics, 95 %).
test.for([
  [below, 61.2, 'met'],
  [below, 61, 'inconclusive'],
  [below, 50.5, 'inconclusive'],
  [below, 40.1, 'inconclusive'],
  [below, 40, 'broken'],
  [atMost, 39.9, 'broken'],
  [above, 39.9, 'met'],
  [above, 40.1, 'inconclusive'],
  [above, 61.1, 'broken'],
] as const)('by its interval of 40 … 61 ms a median $0.name … $1 is $2', ([compare, limit, outcome]) => {
  const verdict = byInterval(compare(connectTime, 'p50', limit), counting(100));
  expect(verdict).toMatchObject({ outcome, interval: fortyToSixtyOne });
});

test('as observed the interval stands beside and decides nothing', () => {
  const verdict = asObserved(below(connectTime, 'p50', 50.5), counting(100));
  expect(verdict).toMatchObject({ outcome: 'met', interval: fortyToSixtyOne });
  expect(verdictLine(verdict)).toMatchInlineSnapshot(
    `"✓ p50 connect time < 50.5 ms: observed 50.0 ms (95 % CI 40.0 ms … 61.0 ms)"`,
  );
  expect(verdictLine(asObserved(below(connectTime, 'mean', 500), counting(20)))).toMatchInlineSnapshot(
    `"✓ average connect time < 500 ms: observed 10.5 ms (95 % CI 7.7 ms … 13.3 ms)"`,
  );
  expect(verdictLine(asObserved(below(connectTime, 'p95', 500), counting(20)))).toMatchInlineSnapshot(
    `"✓ p95 connect time < 500 ms: observed 19.0 ms (95 % CI 17.0 ms … ?)"`,
  );
});

test('by the interval, what lies on both sides of the limit is inconclusive and says so', () => {
  expect(verdictLine(byInterval(below(connectTime, 'mean', 52), counting(100)))).toMatchInlineSnapshot(
    `"? average connect time < 52.0 ms: observed 50.5 ms (95 % CI 44.8 ms … 56.3 ms); inconclusive: the limit lies within the interval; more samples make it narrower"`,
  );
  expect(
    verdictLine(byInterval(above(connectSuccess, 'ratio', 0.95), successes(97, 100))),
  ).toMatchInlineSnapshot(
    `"? success rate > 95.0 %: observed 97.0 % (95 % CI 91.5 % … 99.4 %); inconclusive: the limit lies within the interval; more samples make it narrower"`,
  );
});

test('an end without a bound keeps and breaks no limit', () => {
  // Of 100 samples not even the largest bounds the p99 from above.
  expect(byInterval(below(connectTime, 'p99', 1_000), counting(100)).outcome).toBe('inconclusive');
  expect(byInterval(below(connectTime, 'p99', 2), counting(100)).outcome).toBe('broken');
});

test.for([99, 100])('of %d samples, only 100 are judged by their interval', (count) => {
  const isEnough = count >= 100;
  expect(byInterval(below(connectTime, 'p50', 52), counting(count)).outcome).toBe(
    isEnough ? 'inconclusive' : 'met',
  );
  const ratio = byInterval(above(connectSuccess, 'ratio', 0.95), successes(count - 3, count));
  expect(ratio.outcome).toBe(isEnough ? 'inconclusive' : 'met');
  expect('interval' in ratio).toBe(isEnough);
});

test('a ratio is judged by its exact interval: of 1,000 the same share is enough', () => {
  expect(byInterval(above(connectSuccess, 'ratio', 0.95), successes(970, 1_000)).outcome).toBe('met');
  expect(byInterval(above(connectSuccess, 'ratio', 0.95), successes(930, 1_000)).outcome).toBe('broken');
});

test('a promise of all or of none is about those that were tried', () => {
  expect(byInterval(atLeast(connectSuccess, 'ratio', 1), successes(200, 200)).outcome).toBe('met');
  expect(byInterval(atLeast(connectSuccess, 'ratio', 1), successes(199, 200)).outcome).toBe('broken');
  expect(byInterval(atMost(connectSuccess, 'ratio', 0), successes(0, 200)).outcome).toBe('met');
});

test('the ends of a run and counts have no interval, and are judged as observed', () => {
  const metrics = {
    ...counting(200),
    [messagesReceived.name]: { kind: 'counter', count: 5, connections: 200 },
  } as const;
  for (const threshold of [below(connectTime, 'max', 201), atLeast(messagesReceived, 'count', 5)]) {
    const verdict = byInterval(threshold, metrics);
    expect(verdict.outcome).toBe('met');
    expect(verdict).not.toHaveProperty('interval');
  }
});

import { expect, test } from 'vitest';
import { connectSuccess, connectTime, messagesReceived, quoteLatency } from '../metrics/catalogue.ts';
import { Distribution } from '../metrics/distribution.ts';
import type { Samples } from '../metrics/samples.ts';
import { describeThreshold } from './describe-verdict.ts';
import { judge, type Evidence } from './judge.ts';
import { above, atLeast, atMost, below } from './threshold.ts';
import { worstOutcome } from './verdict.ts';

const evidenceOf = (valueMs: number | null, overrides: Partial<Evidence> = {}): Evidence => {
  const distribution = new Distribution();
  if (valueMs !== null) distribution.record(valueMs);
  return {
    metrics: { [connectTime.name]: distribution.samples() },
    validity: { conclusive: true, checks: [] },
    interrupted: null,
    warmUp: null,
    endedEarly: null,
    outlook: null,
    judgedBy: 'observed',
    slots: { slotMs: 1_000, fromMs: 0, untilMs: 5_000, metrics: {} },
    ...overrides,
  };
};

test.for([
  { comparison: below, observed: 499.9, outcome: 'met' },
  { comparison: below, observed: 500, outcome: 'broken' },
  { comparison: atMost, observed: 500, outcome: 'met' },
  { comparison: atMost, observed: 500.1, outcome: 'broken' },
  { comparison: above, observed: 500.1, outcome: 'met' },
  { comparison: above, observed: 500, outcome: 'broken' },
  { comparison: atLeast, observed: 500, outcome: 'met' },
  { comparison: atLeast, observed: 499.9, outcome: 'broken' },
])('$comparison.name … 500 with $observed is $outcome', ({ comparison, observed, outcome }) => {
  expect(judge(comparison(connectTime, 'mean', 500), evidenceOf(observed))).toMatchObject({
    outcome,
    observed,
    samples: 1,
  });
});

test('no data is inconclusive, whether nothing was recorded or the metric was not taken', () => {
  const limit = below(connectTime, 'mean', 500);
  for (const evidence of [evidenceOf(null), evidenceOf(null, { metrics: {} })]) {
    expect(judge(limit, evidence)).toMatchObject({ outcome: 'inconclusive', observed: null, samples: 0 });
  }
});

test('a counter can be judged by its average over the connections, which is the guide’s average of messages', () => {
  const evidence = evidenceOf(null, {
    metrics: { [messagesReceived.name]: { kind: 'counter', count: 38, connections: 18 } },
  });
  const limit = atLeast(messagesReceived, 'perConnection', 2.5);
  expect(judge(limit, evidence)).toMatchObject({ outcome: 'broken', observed: 38 / 18 });
  expect(describeThreshold(limit)).toBe('messages received per connection ≥ 2.5');
});

test('a metric that was not taken says why, where that is known', () => {
  const evidence = evidenceOf(null, {
    metrics: {},
    notTaken: { [quoteLatency.name]: 'the clock is not known' },
  });
  expect(judge(below(quoteLatency, 'p95', 100), evidence)).toMatchObject({
    outcome: 'inconclusive',
    reason: 'there is no data for quote latency: the clock is not known',
  });
});

test('no data after a warm-up is inconclusive, and says so', () => {
  const warmUp = { untilMs: 2_000, attempts: 20, pings: 0, messages: 0 };
  expect(judge(below(connectTime, 'mean', 500), evidenceOf(null, { warmUp }))).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringMatching(
      /^there is no data for connect time after the warm-up of 2\.000 s: /u,
    ) as string,
  });
});

test.for([1, 1_000_000])(
  'of a generator that could not measure truly, %i ms is inconclusive, with the reason',
  (valueMs) => {
    const check = {
      name: 'generator CPU',
      unit: 'ratio',
      observed: 0.95,
      limit: 0.9,
      passed: false,
      reason: '',
      remedy: 'Wait.',
    } as const;
    const evidence = evidenceOf(valueMs, { validity: { conclusive: false, checks: [check] } });
    expect(judge(below(connectTime, 'mean', 500), evidence)).toMatchObject({
      outcome: 'inconclusive',
      observed: valueMs,
      reason: 'the generator could not measure truly: generator CPU 95.0 % (limit 90.0 %). Wait.',
    });
  },
);

test('a check that bears on some metrics makes promises about those inconclusive, and no others', () => {
  const check = {
    name: 'wait of messages that come by themselves in the generator, p95',
    unit: 'ms',
    observed: 40,
    limit: 10,
    passed: false,
    concerns: [quoteLatency.name],
    reason: '',
    remedy: 'Ask for a gentler load.',
  } as const;
  const evidence = evidenceOf(5, { validity: { conclusive: true, checks: [check] } });
  const metrics = { ...evidence.metrics, [quoteLatency.name]: evidence.metrics[connectTime.name] as Samples };
  const judged = [connectTime, quoteLatency].map(
    (metric) => judge(below(metric, 'p95', 100), { ...evidence, metrics }).outcome,
  );
  expect(judged).toEqual(['met', 'inconclusive']);
});

test('an interrupted run is inconclusive', () => {
  const evidence = evidenceOf(1, { interrupted: 'stopped before its end' });
  expect(judge(below(connectTime, 'mean', 500), evidence)).toMatchObject({ outcome: 'inconclusive' });
});

test.for([Number.NaN, Number.POSITIVE_INFINITY])('a limit of %d is a TypeError', (limit) => {
  expect(() => below(connectTime, 'mean', limit)).toThrow(TypeError);
});

test.for([-0.01, 1.01, 95])('a ratio’s limit of %d is a TypeError', (limit) => {
  expect(() => above(connectSuccess, 'ratio', limit)).toThrow(/a ratio is 0 to 1/u);
});

test('broken comes before inconclusive, which comes before met; none at all is unjudged', () => {
  const limit = below(connectTime, 'mean', 500);
  const [met, broken, unknown] = [1, 501, null].map((valueMs) => judge(limit, evidenceOf(valueMs)));
  if (met === undefined || broken === undefined || unknown === undefined) throw new Error('Three verdicts.');
  expect(worstOutcome([met, unknown, broken])).toBe('broken');
  expect(worstOutcome([met, unknown])).toBe('inconclusive');
  expect(worstOutcome([met])).toBe('met');
  expect(worstOutcome([])).toBe('unjudged');
});

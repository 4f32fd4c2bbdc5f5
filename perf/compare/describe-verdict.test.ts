import { expect, test } from 'vitest';
import { comparedMetrics, type ComparedMetric } from './compared-metric.ts';
import {
  describeInterval,
  describeMetricVerdict,
  describeReported,
  describeUndecided,
} from './describe-verdict.ts';
import type { Evidence } from './evidence.ts';

const reproduce = 'npm run perf:compare -- --base 1a2b3c4 --seed 42';

const named = (name: string): ComparedMetric => {
  const metric = comparedMetrics.find((candidate) => candidate.name === name);
  if (metric === undefined) throw new TypeError(`There is no metric ${name}.`);
  return metric;
};

/** Evidence with these changes of head against base, in percent. */
const evidence = (
  percent: { readonly lower: number; readonly estimate: number; readonly upper: number },
  more: Partial<Evidence> = {},
): Evidence => ({
  look: { blocks: 12, alpha: 0.004 / 3 },
  shift: {
    lower: Math.log1p(percent.lower / 100),
    estimate: Math.log1p(percent.estimate / 100),
    upper: Math.log1p(percent.upper / 100),
  },
  worseBlocks: 11,
  base: 0.91,
  head: 0.97,
  detectable: Math.log1p(0.068),
  ...more,
});

test('a fail says how much slower, between which bounds, by which blocks, against which limit, and how to repeat it', () => {
  const verdict = { outcome: 'fail', evidence: evidence({ lower: 4.2, estimate: 7.1, upper: 9.8 }) } as const;
  expect(describeMetricVerdict(named('connect'), verdict, reproduce)).toMatchInlineSnapshot(
    `"FAIL connect p50: 7.1 % slower (98 % CI +4.2 … +9.8 %), base 0.91 → head 0.97 ms. 12 blocks, 11 slower. Limit: 3 %. Reproduce: npm run perf:compare -- --base 1a2b3c4 --seed 42"`,
  );
});

test('an inconclusive verdict says what can not be ruled out, what could have been seen, and how many blocks it takes', () => {
  const verdict = {
    outcome: 'inconclusive',
    evidence: evidence({ lower: -1, estimate: 2.65, upper: 6.4 }),
  } as const;
  expect(describeMetricVerdict(named('connect'), verdict, reproduce)).toMatchInlineSnapshot(
    `"INCONCLUSIVE connect p50: −1.0 … +6.4 %; +5 % can not be ruled out. This run could detect ≥ 6.8 %; about 31 blocks needed. Not a pass."`,
  );
});

test('a pass says what is ruled out', () => {
  const verdict = {
    outcome: 'pass',
    evidence: evidence({ lower: -1.6, estimate: 0.4, upper: 2.4 }),
  } as const;
  expect(describeMetricVerdict(named('connect'), verdict, reproduce)).toMatchInlineSnapshot(
    `"PASS connect p50: +0.4 % (−1.6 … +2.4 %), a slowdown of 5 % is ruled out."`,
  );
});

test('costs are higher rather than slower', () => {
  const fail = {
    outcome: 'fail',
    evidence: evidence({ lower: 4.2, estimate: 7.1, upper: 9.8 }, { base: 0.0811, head: 0.0869 }),
  } as const;
  const pass = { outcome: 'pass', evidence: evidence({ lower: -1.6, estimate: 0, upper: 2.4 }) } as const;
  expect(describeMetricVerdict(named('server-cpu'), fail, reproduce)).toMatchInlineSnapshot(
    `"FAIL server CPU per operation: 7.1 % higher (98 % CI +4.2 … +9.8 %), base 0.081 → head 0.087 ms. 12 blocks, 11 higher. Limit: 3 %. Reproduce: npm run perf:compare -- --base 1a2b3c4 --seed 42"`,
  );
  expect(describeMetricVerdict(named('server-cpu'), pass, reproduce)).toMatchInlineSnapshot(
    `"PASS server CPU per operation: 0.0 % (−1.6 … +2.4 %), an increase of 5 % is ruled out."`,
  );
});

test('where higher is better the change keeps its own sign, and the limits are those of the change', () => {
  const throughput = named('throughput');
  const base = { base: 52_431, head: 48_200 };
  const lines = [
    { outcome: 'fail', evidence: evidence({ lower: 4.2, estimate: 8.8, upper: 9.8 }, base) } as const,
    { outcome: 'inconclusive', evidence: evidence({ lower: -2, estimate: 4, upper: 12 }, base) } as const,
    { outcome: 'pass', evidence: evidence({ lower: -2, estimate: 1, upper: 6 }, base) } as const,
  ].map((verdict) => describeMetricVerdict(throughput, verdict, reproduce));
  expect(lines).toMatchInlineSnapshot(`
    [
      "FAIL throughput: 8.1 % lower (98 % CI −9.0 … −4.0 %), base 52,431 → head 48,200 operations/s. 12 blocks, 11 lower. Limit: 4.8 %. Reproduce: npm run perf:compare -- --base 1a2b3c4 --seed 42",
      "INCONCLUSIVE throughput: −10.8 … +2.1 %; −9.1 % can not be ruled out. This run could detect ≥ 6.4 %; about 21 blocks needed. Not a pass.",
      "PASS throughput: −1.0 % (−5.7 … +2.1 %), a drop of 9.1 % is ruled out.",
    ]
  `);
});

test('without values or looks it says so', () => {
  const connect = named('connect');
  const lines = [
    { outcome: 'no-data', blocks: 12, missing: 2 } as const,
    { outcome: 'open', nextBlocks: 12, evidence: null } as const,
    { outcome: 'open', nextBlocks: 18, evidence: evidence({ lower: -1, estimate: 2, upper: 6 }) } as const,
  ].map((verdict) => describeMetricVerdict(connect, verdict, reproduce));
  expect(lines).toMatchInlineSnapshot(`
    [
      "INCONCLUSIVE connect p50: 2 of 12 blocks gave no value for base or head. Not a pass.",
      "OPEN connect p50: the first look is at 12 blocks",
      "OPEN connect p50: −1.0 … +6.0 % after 12 blocks; the next look is at 18",
    ]
  `);
});

test('a metric that another one forestalled is no pass', () => {
  const some = evidence({ lower: -1, estimate: 2, upper: 6 });
  const lines = [null, some].map((seen) => describeUndecided(named('connect'), seen));
  expect(lines).toMatchInlineSnapshot(`
    [
      "INCONCLUSIVE connect p50: the gate was decided before its first look. Not a pass.",
      "INCONCLUSIVE connect p50: −1.0 … +6.0 % after 12 blocks; another metric decided before its next look. Not a pass.",
    ]
  `);
});

test('what only is reported claims nothing', () => {
  const some = evidence({ lower: -1.6, estimate: 0.4, upper: 2.4 });
  expect([describeReported(named('connect-p99'), some), describeInterval(named('connect'), some)])
    .toMatchInlineSnapshot(`
    [
      "connect p99: +0.4 % (98 % CI −1.6 … +2.4 %), not gated",
      "connect p50: −1.6 … +2.4 % after 12 blocks",
    ]
  `);
});

test('a bound keeps to its side of what it was judged by, however close it is', () => {
  const fail = { outcome: 'fail', evidence: evidence({ lower: 0.04, estimate: 4, upper: 8 }) } as const;
  const pass = { outcome: 'pass', evidence: evidence({ lower: -1, estimate: 2, upper: 4.996 }) } as const;
  expect(describeMetricVerdict(named('connect'), fail, reproduce)).toContain('(98 % CI +0.04 … +8.00 %)');
  expect(describeMetricVerdict(named('connect'), pass, reproduce)).toContain('(−1.000 … +4.996 %)');
});

test('hopelessly many blocks are not counted', () => {
  const verdict = {
    outcome: 'inconclusive',
    evidence: evidence({ lower: -80, estimate: 1, upper: 400 }),
  } as const;
  expect(describeMetricVerdict(named('connect'), verdict, reproduce)).toContain(
    'more than 1,000 blocks needed',
  );
});

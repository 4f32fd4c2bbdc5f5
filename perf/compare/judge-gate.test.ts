import { expect, test } from 'vitest';
import type { BlockPair } from './block.ts';
import { chooseGated } from './choose-gated.ts';
import { comparedMetrics, type ComparedMetric } from './compared-metric.ts';
import { judgeGate, type MeasuredMetric } from './judge-gate.ts';
import { judgeMetric } from './judge-metric.ts';
import { planLooks } from './look-plan.ts';

/** Blocks whose log-ratios scatter evenly within ± `spread` around a change. */
const blocks = (count: number, ratio: number, spread = 0.01): readonly BlockPair[] =>
  Array.from({ length: count }, (_none, index) => {
    const scatter = spread * ((((index + 1) * 0.618_033_988_75) % 1) * 2 - 1);
    return { base: 2, head: 2 * (1 + ratio) * Math.exp(scatter) };
  });
const gate = (count: number, ...ratios: readonly number[]) =>
  judgeGate(
    chooseGated([], []).map((metric, index): MeasuredMetric => ({
      metric,
      blocks: blocks(count, ratios[index] ?? 0),
    })),
  );
const named = (name: string): ComparedMetric => {
  const metric = comparedMetrics.find((candidate) => candidate.name === name);
  if (metric === undefined) throw new TypeError(`There is no metric ${name}.`);
  return metric;
};

test.each([
  ['nothing changed', 12, [0, 0, 0], 'pass'],
  ['one of three is worse', 12, [0, 0.08, 0], 'fail'],
  ['all are better', 12, [-0.2, -0.1, -0.1], 'pass'],
  ['the first look is not reached', 11, [0, 0.08, 0], 'open'],
] as const)('where %s after %d blocks, the gate says so', (_what, count, ratios, outcome) => {
  expect(gate(count, ...ratios).outcome).toBe(outcome);
});

test('between two looks the blocks beyond the last one are not looked at', () => {
  const [connect] = chooseGated([], []);
  const plan = planLooks(3);
  const some = [...blocks(12, 0, 0.1), ...blocks(5, 3)];
  const verdict = judgeMetric(connect ?? named('connect'), some, plan);
  expect(verdict).toMatchObject({ outcome: 'open', nextBlocks: 18, evidence: { look: plan[0] } });
});

test('a look that failed stays failed, whatever came later', () => {
  const some = [...blocks(12, 0.08), ...blocks(16, -0.5)];
  expect(judgeMetric(named('connect'), some, planLooks(3))).toMatchObject({
    outcome: 'fail',
    evidence: { look: { blocks: 12 } },
  });
});

test('after the last look what is not clear is inconclusive', () => {
  expect(judgeMetric(named('connect'), blocks(28, 0.04, 0.4), planLooks(3)).outcome).toBe('inconclusive');
});

test('a block without a value is no reason to judge by the others', () => {
  const some = blocks(12, 0.5).with(3, { base: 2, head: null }).with(7, { base: 0, head: 2 });
  const measured = chooseGated([], []).map((metric) => ({ metric, blocks: some }));
  expect(judgeMetric(named('connect'), some, planLooks(3))).toEqual({
    outcome: 'no-data',
    blocks: 12,
    missing: 2,
  });
  expect(judgeGate(measured).outcome).toBe('inconclusive');
});

test('nothing gated is not a pass', () => {
  expect(judgeGate([]).outcome).toBe('inconclusive');
});

test.each([
  ['connect-p95', 12, 0.14, 'pass'],
  ['connect-p95', 12, 0.16, 'fail'],
  ['throughput', 20, 0.2, 'pass'],
  ['throughput', 20, -0.04, 'pass'],
  ['throughput', 20, -0.06, 'fail'],
] as const)('%s after %d blocks: a change by %d is judged %s', (name, count, ratio, outcome) => {
  const metric = named(name);
  expect(judgeMetric(metric, blocks(count, ratio), planLooks(1, metric.alternation)).outcome).toBe(outcome);
});

test('a metric of slices waits for its own looks while the others are judged at theirs', () => {
  const measured = ['connect', 'throughput'].map((name) => ({ metric: named(name), blocks: blocks(12, 0) }));
  const verdict = judgeGate(measured);
  expect(verdict.outcome).toBe('open');
  expect(verdict.metrics.map(({ verdict: each }) => each.outcome)).toEqual(['pass', 'open']);
});

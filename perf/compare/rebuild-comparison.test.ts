import { expect, it } from 'vitest';
import type { Comparison } from './comparison-record.ts';
import { rebuildComparison } from './rebuild-comparison.ts';
import { comparisonOf } from './testing/comparison-of.ts';
import { makeBlocks, makeUnclearBlocks } from './testing/make-block.ts';

const figures = ({ metrics }: Comparison): unknown =>
  metrics.map(({ sentence: _sentence, ...metric }) => metric);

it.each([
  ['a failure', makeBlocks(12, 1.1)],
  ['a pass', makeBlocks(12, 1)],
  ['no clear verdict', makeUnclearBlocks(28)],
  ['more failed operations', makeBlocks(12, 1, { overloaded: 2 })],
])('%s gives the same figures and verdicts again', (_title, blocks) => {
  const comparison = comparisonOf(blocks);
  const rebuilt = rebuildComparison(comparison);
  if (rebuilt.outcome !== 'rebuilt') throw new Error(rebuilt.reason);
  expect(figures(rebuilt.comparison)).toEqual(figures(comparison));
  expect(rebuilt.comparison.verdict).toBe(comparison.verdict);
  expect(rebuilt.comparison.successRate).toEqual(comparison.successRate);
  expect(rebuilt.comparison.messageCount).toEqual(comparison.messageCount);
});

it('the command measures on the same kind of target again', () => {
  const honest = comparisonOf(makeBlocks(12, 1.1));
  const commandOf = (kind: string): string => {
    const rebuilt = rebuildComparison({ ...honest, target: { ...honest.target, kind } });
    return rebuilt.outcome === 'rebuilt' ? rebuilt.comparison.command : '';
  };
  expect(commandOf('process')).toMatch(/--base a{40} --target process --seed 42 /u);
  expect(commandOf('; rm')).toMatch(/--base a{40} --seed 42 /u);
});

it('no text of a stranger is taken over', () => {
  const evil = '@everyone <img src=x> [click](https://evil.example)';
  const honest = comparisonOf(makeBlocks(12, 1.1), { label: evil });
  const record: Comparison = {
    ...honest,
    notices: [evil],
    command: evil,
    machine: {
      ...honest.machine,
      cpuModel: evil,
      node: evil,
      platform: evil,
      packageVersion: evil,
      commit: evil,
    },
    target: { kind: evil, labels: { base: evil, head: evil } },
    base: { ...honest.base, label: evil, failures: { [evil]: 0 } },
    metrics: honest.metrics.map((metric) => ({ ...metric, title: evil, unit: evil, sentence: evil })),
    successRate: { ...honest.successRate, sentence: evil },
    messageCount: { ...honest.messageCount, sentence: evil },
  };
  const rebuilt = rebuildComparison(record);
  expect(rebuilt.outcome).toBe('rebuilt');
  expect(JSON.stringify(rebuilt)).not.toContain('evil');
});

it('a confirmation that claims more than its numbers is not believed, nor is a word of it', () => {
  const honest = comparisonOf(makeBlocks(12, 1), { confirms: comparisonOf(makeBlocks(12, 1.1)) });
  const confirms = { sessionId: 'a', seed: 1, failed: ['connect', '<img> evil'], isConfirmed: true };
  expect(rebuildComparison({ ...honest, confirms })).toMatchObject({
    outcome: 'rebuilt',
    comparison: { confirms: { failed: ['connect'], isConfirmed: false } },
  });
});

it.each<[string, (comparison: Comparison) => Partial<Comparison>]>([
  ['another verdict than its numbers', () => ({ verdict: 'pass' })],
  [
    'no metric that decides',
    ({ metrics }) => ({ metrics: metrics.map((one) => ({ ...one, isGated: false })) }),
  ],
  [
    'metrics that nobody knows',
    ({ metrics }) => ({ metrics: metrics.map((one) => ({ ...one, name: 'speed' })) }),
  ],
  ['blocks that are missing', () => ({ blocks: 13 })],
  ['more failures than operations', ({ head }) => ({ head: { ...head, failures: { reset: 1e9 } } })],
  ['more operations than there is time for', ({ base }) => ({ base: { ...base, operations: 2 ** 50 } })],
  ['no operation', ({ base }) => ({ base: { ...base, operations: 0 } })],
  [
    'values too small to print',
    ({ metrics }) => ({ metrics: metrics.map((one) => ({ ...one, base: one.base.map(() => 1e-300) })) }),
  ],
])('%s is a contradiction', (_title, change) => {
  const comparison = comparisonOf(makeBlocks(12, 1.1));
  expect(rebuildComparison({ ...comparison, ...change(comparison) }).outcome).toBe('contradiction');
});

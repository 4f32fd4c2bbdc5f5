import type { BlockPair } from './block.ts';
import { comparedMetrics, type ComparedMetric } from './compared-metric.ts';
import type { Comparison } from './comparison-record.ts';
import { confirmsFailure, isPart } from './failed-parts.ts';
import { judgeGate } from './judge-gate.ts';
import { overallVerdict } from './overall-verdict.ts';
import { recordMessageCount } from './record-message-count.ts';
import { recordMetric } from './record-metric.ts';
import { recordSuccessRate } from './record-success-rate.ts';
import { sides, type Side } from './side.ts';

/** A comparison in which every word is ours, or why its numbers do not make one. */
export type RebuiltComparison =
  | { readonly outcome: 'rebuilt'; readonly comparison: Comparison }
  | { readonly outcome: 'contradiction'; readonly reason: string };

// No server has ever given such values; what is beyond would make judging or printing them take for ever.
const mostOperations = 1_000_000;
const smallestValue = 1e-9;
const largestValue = 1e15;

const targetKinds = ['containers', 'process'];

const isPlausible = (value: number | null): boolean =>
  value === null || (value >= smallestValue && value <= largestValue) || value === 0;

const blocksOf = ({ base, head }: Comparison['metrics'][number]): readonly BlockPair[] =>
  base.map((value, block) => ({ base: value, head: head[block] ?? null }));

const whyImplausible = (record: Comparison): string | null => {
  for (const { base, head } of record.metrics) {
    if (base.length !== record.blocks || head.length !== record.blocks)
      return 'its metrics have another number of blocks than it says';
    if (![...base, ...head].every(isPlausible)) return 'it holds values that no server gives';
  }
  for (const side of sides) {
    const { operations, failures } = record[side];
    const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
    if (operations < 1 || operations > mostOperations || failed > operations)
      return 'its numbers of operations can not be';
  }
  return null;
};

const commandOf = ({ base, seed, target }: Comparison, gated: readonly ComparedMetric[]): string =>
  base.commit === null
    ? 'as in the log of the run'
    : [
        `npm run perf:compare -- --base ${base.commit}`,
        ...targetKinds.filter((kind) => kind === target.kind).map((kind) => `--target ${kind}`),
        `--seed ${String(seed)}`,
        ...gated.map(({ name }) => `--gate ${name}`),
      ].join(' ');

const namelessSide = (record: Comparison, side: Side): Comparison['base'] => {
  const { commit, identity, operations, failures, messages } = record[side];
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const label = commit?.slice(0, 9) ?? side;
  return { label, commit, identity, operations, failures: { failed }, messages };
};

const confirmationOf = (
  { confirms }: Comparison,
  judged: Parameters<typeof confirmsFailure>[1],
): Comparison['confirms'] => {
  if (confirms === null) return null;
  const failed = confirms.failed.filter(isPart);
  return { ...confirms, failed, isConfirmed: confirmsFailure(failed, judged) };
};

/**
 * Judges a comparison that comes from a stranger once more from its numbers alone: no verdict and no text of it is taken
 * over, but commits, instants and the class of the machine.
 */
export const rebuildComparison = (record: Comparison): RebuiltComparison => {
  const implausible = whyImplausible(record);
  if (implausible !== null) return { outcome: 'contradiction', reason: implausible };
  const known = comparedMetrics.flatMap((metric) => {
    const given = record.metrics.find(({ name }) => name === metric.name);
    if (given === undefined) return [];
    const { distributions } = given;
    return [
      { metric, isGated: given.isGated && metric.gates !== 'never', blocks: blocksOf(given), distributions },
    ];
  });
  const gated = known.filter(({ isGated }) => isGated);
  const successRate = recordSuccessRate(record);
  if (gated.length === 0 || successRate === null)
    return { outcome: 'contradiction', reason: 'it has no metric that decides' };
  const messageCount = recordMessageCount(record);
  const verdict = overallVerdict(judgeGate(gated), successRate, messageCount);
  if (verdict !== record.verdict)
    return { outcome: 'contradiction', reason: `its numbers say ${verdict}, and it says ${record.verdict}` };
  const command = commandOf(
    record,
    gated.map(({ metric }) => metric),
  );
  const context = { gatedMetrics: gated.length, command };
  const metrics = known.map(({ metric, blocks, isGated, distributions }) =>
    recordMetric(metric, blocks, { ...context, isGated, distributions }),
  );
  const judged = { metrics, successRate, messageCount };
  return {
    outcome: 'rebuilt',
    comparison: {
      ...record,
      base: namelessSide(record, 'base'),
      head: namelessSide(record, 'head'),
      target: { kind: '', labels: { base: '', head: '' } },
      machine: { ...record.machine, node: '', platform: '', cpuModel: '', packageVersion: '', commit: null },
      notices: record.restartedServers
        ? []
        : [
            'The servers were not restarted between blocks: this verdict is weaker, and their cost was not seen.',
          ],
      ...judged,
      confirms: confirmationOf(record, judged),
      awaitsConfirmation: verdict === 'fail' && record.awaitsConfirmation,
      command,
    },
  };
};

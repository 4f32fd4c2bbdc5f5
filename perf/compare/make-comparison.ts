import type { Target } from '../../fixtures/targets/index.ts';
import type { MachineRecord } from '../harness/record/run-record.ts';
import { comparedMetrics, type ComparedMetric } from './compared-metric.ts';
import type { Comparison } from './comparison-record.ts';
import { comparisonVersion } from './comparison-record.ts';
import type { Contestant } from './contestant.ts';
import { distributionOf, type Distribution } from './distribution-of.ts';
import { confirmsFailure, failedParts } from './failed-parts.ts';
import { messageCountOf } from './judge-message-count.ts';
import { overallVerdict } from './overall-verdict.ts';
import type { MeasuredBlock } from './run-block.ts';
import { recordMessageCount } from './record-message-count.ts';
import { recordMetric } from './record-metric.ts';
import { recordSuccessRate } from './record-success-rate.ts';
import { measuredMetric, type GateProgress } from './run-gate.ts';
import { perSide, type PerSide, type Side } from './side.ts';
import { samplesOfBlock } from './value-of-block.ts';

/** What a comparison is made of. */
export interface ComparisonParts {
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly seed: number;
  readonly contestants: PerSide<Contestant>;
  /** What `serverIdentity` gives for them, with this session's id for salt. */
  readonly identities: PerSide<string>;
  readonly targets: PerSide<Target>;
  readonly machine: MachineRecord;
  readonly notices: readonly string[];
  readonly gated: readonly ComparedMetric[];
  readonly progress: GateProgress;
  /** The comparison that this one was to confirm. */
  readonly confirms: Comparison | null;
  readonly isStrict: boolean;
  /** A failure is to be confirmed elsewhere before it counts. */
  readonly isFirstOfTwo: boolean;
  /** What the history says of a gate that can not be trusted; null: it can, or nobody asked. */
  readonly disarmed: Comparison['disarmed'];
  readonly command: string;
}

const failuresOf = (side: Side, blocks: readonly MeasuredBlock[]): Record<string, number> => {
  const failures: Record<string, number> = {};
  for (const block of blocks) {
    for (const [reason, count] of Object.entries(block[side].failures)) {
      failures[reason] = (failures[reason] ?? 0) + count;
    }
  }
  return failures;
};

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const describeSide = (
  side: Side,
  { contestants, identities, progress }: ComparisonParts,
): Comparison['base'] => ({
  label: contestants[side].label,
  commit: contestants[side].commit,
  identity: identities[side],
  operations: total(progress.blocks.map((block) => block[side].attempted)),
  failures: failuresOf(side, progress.blocks),
  messages: messageCountOf(progress.blocks.flatMap((block) => block[side].messages)),
});

const distributionsOf = (
  { name }: ComparedMetric,
  blocks: readonly MeasuredBlock[],
): PerSide<Distribution | null> =>
  perSide((side) => distributionOf(blocks.flatMap((block) => samplesOfBlock(name, block[side]) ?? [])));

const describeMetric = (
  metric: ComparedMetric,
  { gated, progress, command }: ComparisonParts,
): Comparison['metrics'][number] | null => {
  const isGated = gated.includes(metric);
  const { blocks } = measuredMetric(metric, progress.blocks);
  // Reported beside those that decide, where there is anything to report.
  if (!isGated && blocks.every(({ base, head }) => base === null && head === null)) return null;
  const distributions = distributionsOf(metric, progress.blocks);
  return recordMetric(metric, blocks, { isGated, gatedMetrics: gated.length, command, distributions });
};

const exitCodeOf = (
  { verdict, confirms, awaitsConfirmation, disarmed }: Omit<Comparison, 'exitCode'>,
  isStrict: boolean,
): number => {
  const isRefuted = confirms?.isConfirmed === false;
  if (verdict === 'fail') return isRefuted || awaitsConfirmation || disarmed !== null ? 0 : 1;
  return verdict === 'inconclusive' && isStrict ? 3 : 0;
};

/** Brings everything together that a comparison gave: 0 pass or inconclusive (3 when strict), 1 a failure that counts. */
export const makeComparison = (parts: ComparisonParts): Comparison => {
  const { progress, contestants, targets, confirms } = parts;
  const sides = perSide((side) => describeSide(side, parts));
  const successRate = recordSuccessRate(sides);
  if (successRate === null) throw new TypeError('A gate that attempted nothing has nothing to say.');
  const messageCount = recordMessageCount(sides);
  const metrics = comparedMetrics
    .map((metric) => describeMetric(metric, parts))
    .filter((one) => one !== null);
  const verdict = overallVerdict(progress.verdict, successRate, messageCount);
  const confirmation =
    confirms === null
      ? null
      : {
          sessionId: confirms.sessionId,
          seed: confirms.seed,
          failed: [...failedParts(confirms)],
          isConfirmed: confirmsFailure(failedParts(confirms), { metrics, successRate, messageCount }),
        };
  const comparison: Omit<Comparison, 'exitCode'> = {
    schema: 'ws-perf-gate/comparison',
    version: comparisonVersion,
    sessionId: parts.sessionId,
    startedAt: parts.startedAt.toISOString(),
    finishedAt: parts.finishedAt.toISOString(),
    seed: parts.seed,
    verdict,
    ...sides,
    target: {
      kind: targets.head.kind,
      labels: perSide((side) => targets[side].label),
    },
    machine: parts.machine,
    restartedServers: contestants.base.canRestart && contestants.head.canRestart,
    notices: [...parts.notices],
    blocks: progress.blocks.length,
    metrics,
    successRate,
    messageCount,
    confirms: confirmation,
    awaitsConfirmation: verdict === 'fail' && parts.isFirstOfTwo && parts.disarmed === null,
    disarmed: parts.disarmed,
    command: parts.command,
  };
  return { ...comparison, exitCode: exitCodeOf(comparison, parts.isStrict) };
};

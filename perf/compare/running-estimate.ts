import { estimateShift, type Shift } from '../tracking/statistics/estimate-shift.ts';
import { logLoss } from './block.ts';
import type { ComparedMetric } from './compared-metric.ts';
import type { MeasuredMetric } from './judge-gate.ts';
import { planLooks } from './look-plan.ts';

/** Where a metric stands between the looks: for people to watch, never to judge by. */
export interface RunningEstimate {
  readonly title: string;
  readonly better: ComparedMetric['better'];
  /** Null while there are too few blocks for an interval. */
  readonly shift: Shift | null;
}

/** The interval of the blocks so far, at the error that the next look may make. */
export const runningEstimate = (
  { metric, blocks }: MeasuredMetric,
  gatedMetrics: number,
): RunningEstimate => {
  const looks = planLooks(gatedMetrics, metric.alternation);
  const look = looks.find((one) => one.blocks >= blocks.length) ?? looks.at(-1);
  const losses = blocks.map((block) => logLoss(block, metric.better)).filter((loss) => loss !== null);
  return {
    title: metric.title,
    better: metric.better,
    shift: look === undefined || losses.length === 0 ? null : estimateShift(losses, look.alpha),
  };
};

import type { Comparison } from '../../compare/comparison-record.ts';
import type { Checkout } from '../../tracking/history/read-checkout.ts';
import {
  historyRecordVersion,
  type ComparedMetric,
  type ComparisonRecord,
} from '../../tracking/history/history-record.ts';
import { keepHistoryRecord } from '../../tracking/history/keep-history-record.ts';
import { historyDirectory } from '../../tracking/history/local-records.ts';
import { readCheckout } from '../../tracking/history/read-checkout.ts';
import { readSurroundings } from '../../tracking/history/read-surroundings.ts';
import type { Environment } from '../read-target.ts';
import type { KeptSession } from './keep-session.ts';

const metricOf = (metric: Comparison['metrics'][number]): ComparedMetric => {
  const { name, title, unit, better, isGated, estimate, lower, upper, confidence, outcome } = metric;
  return {
    name,
    title,
    unit,
    better,
    isGated,
    blocks: metric.base.map((base, block) => ({ base, head: metric.head[block] ?? null })),
    base: metric.distributions.base,
    head: metric.distributions.head,
    estimate,
    interval:
      lower === null || upper === null || confidence === null
        ? null
        : { low: lower, high: upper, confidence },
    verdict: isGated ? (outcome === 'no-data' ? 'inconclusive' : outcome) : null,
  };
};

/** Of what a comparison is kept. */
export interface KeepingOptions {
  readonly root: string;
  readonly environment: Environment;
  /** The first commit after a step of the history that it was made to confirm. */
  readonly confirmsChange?: string | null;
}

const roleOf = (base: string, { reference, commit }: Checkout): ComparisonRecord['base']['role'] => {
  if (base === commit.sha) return 'self';
  if (base === reference?.sha) return 'reference';
  return base === commit.parent ? 'parent' : 'other';
};

/**
 * Writes a comparison of commits into `.perf/history`, where its head is what is checked out: of another commit the
 * record could not say when it was made. It never throws: the history is beside the point of a comparison.
 */
export const keepComparison = async (
  comparison: Comparison,
  { root, environment, confirmsChange = null }: KeepingOptions,
): Promise<KeptSession> => {
  try {
    const checkout = await readCheckout(root);
    const { base, head, machine } = comparison;
    if (checkout === null || base.commit === null) return { outcome: 'none' };
    const isCheckedOut = head.commit === null ? checkout.commit.isDirty : head.commit === checkout.commit.sha;
    if (!isCheckedOut) return { outcome: 'none' };
    const path = keepHistoryRecord(historyDirectory(root), {
      schema: 'ws-perf-gate/history',
      version: historyRecordVersion,
      kind: 'comparison',
      runId: comparison.sessionId,
      startedAt: comparison.startedAt,
      finishedAt: comparison.finishedAt,
      packageVersion: machine.packageVersion,
      ...checkout,
      ...(await readSurroundings(machine, environment, root)),
      base: { sha: base.commit, role: roleOf(base.commit, checkout) },
      confirms: confirmsChange,
      seed: String(comparison.seed),
      verdict: comparison.verdict,
      metrics: comparison.metrics.map(metricOf),
    });
    return { outcome: 'kept', path };
  } catch (error) {
    return { outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
};

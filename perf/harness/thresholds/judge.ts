import type { Metric } from '../metrics/metric.ts';
import { aggregate, sampleCount, type Samples, type Summary } from '../metrics/samples.ts';
import type { SlotSummary } from '../metrics/slot-samples.ts';
import type { EarlyEndRecord, Validity, WarmUpRecord } from '../record/run-record.ts';
import { describeFailedCheck } from './describe-failed-check.ts';
import { formatQuantity } from './format-quantity.ts';
import { holds } from './holds.ts';
import { intervalOf } from './interval-of.ts';
import { fewestForInterval, isAboutAll, judgeInterval, type JudgedBy } from './judge-interval.ts';
import { observeWindows } from './observe-windows.ts';
import { whyLost, type Outlook } from './outlook.ts';
import type { SlidingWindow } from './sliding-window.ts';
import type { Threshold } from './threshold.ts';
import type { Verdict } from './verdict.ts';

/** What a threshold is judged against. */
export interface Evidence {
  readonly metrics: Summary;
  readonly validity: Validity;
  readonly interrupted: string | null;
  readonly warmUp: WarmUpRecord | null;
  readonly slots: SlotSummary;
  /** By a metric's name, why it was not taken. */
  readonly notTaken?: Readonly<Record<string, string>>;
  readonly endedEarly: EarlyEndRecord | null;
  /** What an early end left open. */
  readonly outlook: Outlook | null;
  /** By what was observed, or by its interval where the run has samples enough. */
  readonly judgedBy: JudgedBy;
}

const whyInvalid = ({ validity, interrupted }: Evidence, { name }: Metric): string | null => {
  if (interrupted !== null) return `the run was ${interrupted}`;
  const failed = validity.checks.find(
    ({ passed, concerns }) => !passed && (concerns === undefined || concerns.includes(name)),
  );
  if (failed === undefined) return null;
  return describeFailedCheck(failed);
};

const seconds = (ms: number): string => `${String(ms / 1_000)} s`;

const whyNoWindow = (
  { metric }: Threshold,
  { lengthMs, minimumSamples }: SlidingWindow,
  slots: SlotSummary,
): string => {
  const judgedMs = slots.untilMs - slots.fromMs;
  return judgedMs < lengthMs
    ? `${formatQuantity(judgedMs, 'ms')} were judged, too short for a window of ${seconds(lengthMs)}`
    : `no window of ${seconds(lengthMs)} has the least number of samples of ${metric.title}, which is ${String(minimumSamples)}`;
};

const judgeWindows = (threshold: Threshold, window: SlidingWindow, { slots }: Evidence): Verdict => {
  const windows = observeWindows(threshold, window, slots);
  if (windows === null) {
    const kept = Object.keys(slots.metrics).join(', ');
    const reason = `${threshold.metric.title} was not kept over time in this run; what was: ${kept}`;
    return { threshold, samples: 0, outcome: 'inconclusive', observed: null, reason };
  }
  if (windows.worst === null) {
    const reason = whyNoWindow(threshold, window, slots);
    return { threshold, samples: 0, windows, outcome: 'inconclusive', observed: null, reason };
  }
  const { observed, samples } = windows.worst;
  return { threshold, samples, windows, outcome: windows.broken === 0 ? 'met' : 'broken', observed };
};

/** Of a load that was ended early only that is known which the rest of it could not have changed. */
const judgeEarlyEnd = (
  threshold: Threshold,
  seen: { readonly samples: number; readonly observed: number | null },
  ended: EarlyEndRecord,
  outlook: Outlook | null,
): Verdict => {
  const lost = outlook === null ? null : whyLost(threshold, outlook);
  if (lost !== null && seen.observed !== null) {
    return { threshold, samples: seen.samples, outcome: 'broken', observed: seen.observed, reason: lost };
  }
  const reason = `the load was ended after ${formatQuantity(ended.atMs, 'ms')}, because it could not keep ${ended.promise} any more`;
  return { threshold, ...seen, outcome: 'inconclusive', reason };
};

const judgeObserved = (
  threshold: Threshold,
  seen: { readonly samples: number; readonly observed: number; readonly of: Samples | undefined },
  judgedBy: JudgedBy,
): Verdict => {
  const { samples, observed, of } = seen;
  const isByInterval = judgedBy === 'interval' && samples >= fewestForInterval && !isAboutAll(threshold);
  // Beside what is judged as observed, only a time shows its interval.
  const interval = isByInterval || of?.kind === 'trend' ? intervalOf(of, threshold.aggregation) : null;
  const verdict = { threshold, samples, observed, ...(interval !== null && { interval }) };
  if (isByInterval && interval !== null) return { ...verdict, ...judgeInterval(threshold, interval) };
  return { ...verdict, outcome: holds(threshold.comparison, observed, threshold.limit) ? 'met' : 'broken' };
};

/** Judges one threshold. Without data, or where the run can not be trusted, the answer is `inconclusive`. */
export const judge = (threshold: Threshold, evidence: Evidence): Verdict => {
  const { metric, aggregation } = threshold;
  const samplesOfMetric = evidence.metrics[metric.name];
  const samples = samplesOfMetric === undefined ? 0 : sampleCount(samplesOfMetric);
  const observed = aggregate(evidence.metrics, metric, aggregation);
  const invalid = whyInvalid(evidence, metric);
  if (invalid !== null) return { threshold, samples, outcome: 'inconclusive', observed, reason: invalid };
  if (evidence.endedEarly !== null)
    return judgeEarlyEnd(threshold, { samples, observed }, evidence.endedEarly, evidence.outlook);
  if (threshold.window !== null) return judgeWindows(threshold, threshold.window, evidence);
  if (observed === null) {
    const after =
      evidence.warmUp === null
        ? ''
        : ` after the warm-up of ${formatQuantity(evidence.warmUp.untilMs, 'ms')}`;
    const why = evidence.notTaken?.[metric.name] ?? metric.definition;
    const reason = `there is no data for ${metric.title}${after}: ${why}`;
    return { threshold, samples, outcome: 'inconclusive', observed, reason };
  }
  return judgeObserved(threshold, { samples, observed, of: samplesOfMetric }, evidence.judgedBy);
};

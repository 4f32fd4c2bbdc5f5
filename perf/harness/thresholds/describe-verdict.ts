import type { Samples } from '../metrics/samples.ts';
import type { EarlyEndRecord, RunRecord, WarmUpRecord } from '../record/run-record.ts';
import { formatInterval } from './format-interval.ts';
import { formatQuantity } from './format-quantity.ts';
import { likelyCause } from './likely-cause.ts';
import type { WindowFindings } from './observe-windows.ts';
import type { Comparison, Threshold } from './threshold.ts';
import type { Verdict } from './verdict.ts';

/** The run as far as a failed threshold is explained from it. */
export type ExplainedRun = Pick<RunRecord, 'metrics' | 'counts' | 'failures' | 'warmUp'>;

const sign: Readonly<Record<Comparison, string>> = {
  below: '<',
  'at-most': '≤',
  above: '>',
  'at-least': '≥',
};
const aggregationTitle: Readonly<Record<string, string>> = {
  mean: 'average ',
  ratio: '',
  count: '',
  perConnection: '',
  value: '',
};

/** `average connect time < 500 ms`. */
export const describeThreshold = ({ metric, aggregation, comparison, limit, window }: Threshold): string =>
  `${aggregationTitle[aggregation] ?? `${aggregation} `}${metric.title}${aggregation === 'perConnection' ? ' per connection' : ''} ` +
  `${sign[comparison]} ${formatQuantity(limit, metric.unit)}` +
  (window === null ? '' : ` in every window of ${String(window.lengthMs / 1_000)} s`);

/** `at worst, from 3 s to 8 s (48 samples); 2 of 12 windows broken, 3 with fewer than 20 samples left out`. */
const describeWindows = ({ worst, judged, broken, leftOut, minimumSamples }: WindowFindings): string => {
  if (worst === null) return '';
  const where =
    ` at worst, from ${String(worst.fromMs / 1_000)} s to ${String(worst.untilMs / 1_000)} s ` +
    `(${String(worst.samples)} samples)`;
  const skipped =
    leftOut === 0 ? '' : `, ${String(leftOut)} with fewer than ${String(minimumSamples)} samples left out`;
  return `${where}; ${String(broken)} of ${String(judged)} windows broken${skipped}`;
};

/** `712 ms (95 % CI 704 ms … 720 ms)`. */
export const describeObserved = ({ observed, threshold: { metric }, windows, interval }: Verdict): string =>
  formatQuantity(observed, metric.unit) +
  (interval === undefined ? '' : ` (${formatInterval(interval, metric.unit)})`) +
  (windows === undefined ? '' : describeWindows(windows));

const describeSamples = (samples: Samples | undefined): string => {
  if (samples === undefined) return 'none taken';
  switch (samples.kind) {
    case 'trend': {
      if (samples.count === 0) return 'none';
      const at = (value: number | null): string => formatQuantity(value, samples.unit);
      return (
        `${String(samples.count)}; min ${at(samples.min)}, p50 ${at(samples.p50)}, p95 ${at(samples.p95)}, ` +
        `p99 ${at(samples.p99)}, max ${at(samples.max)}`
      );
    }
    case 'rate':
      return `${String(samples.hits)} of ${String(samples.total)}`;
    case 'counter':
      return `${String(samples.count)} over ${String(samples.connections)} connections`;
    case 'gauge':
      return `${String(samples.readings)} readings`;
    default:
      return samples satisfies never;
  }
};

/** `handshake-timeout 3, overloaded 2 (HTTP 503)`. */
export const describeFailures = (failures: ExplainedRun['failures']): string =>
  failures
    .map(({ reason, status, closeCode, count }) => {
      const http = status === null ? '' : ` (HTTP ${String(status)})`;
      const close = closeCode === null ? '' : ` (close ${String(closeCode)})`;
      return `${reason} ${String(count)}${http}${close}`;
    })
    .join(', ');

/** `after 3.1 s, about 26.9 s saved: success rate ≥ 95.0 % can no longer be kept: 94.0 % is the best …`. */
export const describeEarlyEnd = ({ atMs, savedMs, promise, reason }: EarlyEndRecord): string =>
  `after ${(atMs / 1_000).toFixed(1)} s, about ${(savedMs / 1_000).toFixed(1)} s saved: ${promise} can no longer be kept: ${reason}`;

/** `the first 2.000 s are not judged: 20 attempts, 50 pings and 300 messages left out`. */
export const describeWarmUp = ({ untilMs, attempts, pings, messages }: WarmUpRecord): string =>
  `the first ${formatQuantity(untilMs, 'ms')} are not judged: ${String(attempts)} attempts, ${String(pings)} pings and ` +
  `${String(messages)} messages left out`;

/** `✗ average connect time < 500 ms: observed 712 ms`, without why. */
export const standingLine = (verdict: Verdict): string => {
  const mark = { met: '✓', broken: '✗', inconclusive: '?' }[verdict.outcome];
  return `${mark} ${describeThreshold(verdict.threshold)}: observed ${describeObserved(verdict)}`;
};

/** The same, with why it was not met where that is known. */
export const verdictLine = (verdict: Verdict): string => {
  const line = standingLine(verdict);
  switch (verdict.outcome) {
    case 'inconclusive':
      return `${line}; inconclusive: ${verdict.reason}`;
    case 'broken':
      return verdict.reason === undefined ? line : `${line} when it was ended; ${verdict.reason}`;
    case 'met':
      return line;
    default:
      return verdict satisfies never;
  }
};

const brokenStart = 'Promise broken: ';
/** How the message about an inconclusive promise begins. */
export const inconclusiveStart = 'Inconclusive: ';

/** Whether an error's message comes from a promise that was judged, and not from a plain assertion. */
export const isPromiseMessage = (message: string): boolean =>
  message.startsWith(brokenStart) || message.startsWith(inconclusiveStart);

/** The run behind a promise that was not met: its attempts, its warm-up and its failures. */
export const describeRun = ({ counts, failures, warmUp }: ExplainedRun): readonly string[] => [
  `  attempts  ${String(counts.attempted)}: ${String(counts.successful)} successful, ${String(counts.failed)} failed, ` +
    `${String(counts.ready)} ready, ${String(counts.stable)} stable`,
  ...(warmUp === null
    ? []
    : [`  warm-up   ${describeWarmUp(warmUp)}; attempts and failures here are with it`]),
  ...(failures.length === 0 ? [] : [`  failures  ${describeFailures(failures)}`]),
];

/** What a broken or inconclusive threshold has to say: limit, observed, samples, failures by reason, likely cause. */
export const explainVerdict = (verdict: Verdict, run: ExplainedRun): string => {
  const { threshold } = verdict;
  const lines = [
    verdict.outcome === 'inconclusive'
      ? `${inconclusiveStart}${describeThreshold(threshold)}, because ${verdict.reason}`
      : `${brokenStart}${describeThreshold(threshold)}`,
    `  limit     ${sign[threshold.comparison]} ${formatQuantity(threshold.limit, threshold.metric.unit)}`,
    `  observed  ${describeObserved(verdict)}`,
    `  samples   ${describeSamples(run.metrics[threshold.metric.name])}`,
    ...(verdict.outcome === 'broken' && verdict.reason !== undefined
      ? [`  lost      ${verdict.reason}`]
      : []),
    ...describeRun(run),
  ];
  const cause = verdict.outcome === 'broken' ? likelyCause(verdict, run.failures) : null;
  if (cause !== null) lines.push(`  likely    ${cause}`);
  return lines.join('\n');
};

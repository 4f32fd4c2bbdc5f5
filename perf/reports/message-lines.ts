import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import * as metrics from '../harness/metrics/catalogue.ts';
import type { Aggregation, Metric, MetricKind } from '../harness/metrics/metric.ts';
import { aggregate } from '../harness/metrics/samples.ts';
import type { ClockRecord, RunRecord } from '../harness/record/run-record.ts';

type MessageRun = Pick<RunRecord, 'metrics' | 'publisherClock' | 'quotesNotJudged'>;

const joined = (title: string, parts: readonly string[]): readonly string[] =>
  parts.length === 0 ? [] : [`${title}: ${parts.join(' · ')}`];

const describeClock = (clock: ClockRecord): string => {
  switch (clock.kind) {
    case 'shared':
      return `one clock (${clock.reason}), ± ${formatQuantity(clock.uncertaintyMs, 'ms')}`;
    case 'estimated': {
      const { offsetMs, uncertaintyMs, roundTripMs, exchanges, driftMs } = clock;
      const side = offsetMs < 0 ? 'behind' : 'ahead';
      const drift = driftMs === null ? 'drift not known' : `drift ${formatQuantity(driftMs, 'ms')}`;
      return (
        `server’s clock ${formatQuantity(Math.abs(offsetMs), 'ms')} ${side}, ± ${formatQuantity(uncertaintyMs, 'ms')} ` +
        `(shortest of ${String(exchanges)} exchanges ${formatQuantity(roundTripMs, 'ms')}, ${drift})`
      );
    }
    case 'unknown':
      return `not taken: ${clock.reason}`;
    default:
      return clock satisfies never;
  }
};

const latencyLine = ({ metrics: summary, publisherClock }: MessageRun): readonly string[] => {
  if (publisherClock === null) return [];
  const early = aggregate(summary, metrics.quotesTooEarly, 'count') ?? 0;
  return joined('Quote latency', [
    describeClock(publisherClock),
    ...(publisherClock.kind === 'unknown' ? [] : ['published in whole ms, so up to 1 ms too long']),
    ...(early === 0 ? [] : [`${String(early)} quotes arrived before they were published`]),
  ]);
};

/** How many messages and bytes came, how the quotes reached everyone, and what their latency stands on. */
export const messageLines = (run: MessageRun): readonly string[] => {
  const value = <Kind extends MetricKind>(
    metric: Metric<Kind>,
    aggregation: Aggregation<Kind>,
    suffix = '',
  ): readonly string[] => {
    const observed = aggregate(run.metrics, metric, aggregation);
    return observed === null ? [] : [`${formatQuantity(observed, metric.unit)}${suffix}`];
  };
  const fanOut = run.metrics[metrics.quotesToEveryClient.name];
  return [
    ...joined('Messages', [
      ...value(metrics.messagesPerSecond, 'value'),
      ...value(metrics.bytesPerSecond, 'value', ' while held'),
      ...value(metrics.bytesReceived, 'count', ' in all'),
      ...value(metrics.bytesReceived, 'perConnection', ' per connection'),
    ]),
    ...(fanOut?.kind !== 'rate' || fanOut.total === 0
      ? []
      : [
          `Fan-out: ${String(fanOut.hits)} of ${String(fanOut.total)} quotes reached every client` +
            (run.quotesNotJudged === 0
              ? ''
              : ` (the newest ones; ${String(run.quotesNotJudged)} earlier ones were let go and not judged)`),
        ]),
    ...latencyLine(run),
  ];
};

import type { ConnectionAttempt, OpenedAttempt } from '../connection/attempt.ts';
import type { LoadResult } from '../load/run-load.ts';
import * as metrics from './catalogue.ts';
import { isMeantToStay } from './is-meant-to-stay.ts';
import type { Metric } from './metric.ts';
import type { ConnectedCounterSlot, SlotSamples, SlotSummary } from './slot-samples.ts';
import { summarizeFanOut } from './summarize-fan-out.ts';
import { openedAttempts } from './summarize.ts';
import type { CounterSlot } from './timed-counter.ts';
import { TimedDistribution, type DistributionSlot } from './timed-distribution.ts';
import { TimedRate } from './timed-rate.ts';

type Decided = Exclude<ConnectionAttempt, { outcome: 'not-started' }>;

const span = (endAtMs: number | null, startAtMs: number): number | null =>
  endAtMs === null ? null : endAtMs - startAtMs;

const trendOf = (unit: Metric['unit'], slots: readonly DistributionSlot[]): SlotSamples => ({
  kind: 'trend',
  unit,
  slots,
});

const opened =
  (read: (attempt: OpenedAttempt) => number | null) =>
  (attempt: Decided): number | null =>
    attempt.outcome === 'opened' ? read(attempt) : null;

/** An attempt belongs to the slot in which it was due. */
const attemptSlots = (
  { attempts, grid }: LoadResult,
  expectsInitialMessages: boolean,
): [Metric, SlotSamples][] => {
  const decided = attempts.filter((attempt) => attempt.outcome !== 'not-started');
  const trend = (
    metric: Metric<'trend'>,
    read: (attempt: Decided) => number | null,
  ): [Metric, SlotSamples] => {
    const values = new TimedDistribution(grid);
    for (const attempt of decided) {
      const value = read(attempt);
      if (value !== null) values.record(value, attempt.dueAtMs);
    }
    return [metric, trendOf(metric.unit, values.slots())];
  };
  const rate = (
    metric: Metric<'rate'>,
    among: readonly Decided[],
    isHit: (attempt: Decided) => boolean,
  ): [Metric, SlotSamples] => {
    const events = new TimedRate(grid);
    for (const attempt of among) events.record(isHit(attempt), attempt.dueAtMs);
    return [metric, { kind: 'rate', slots: events.encode().slots }];
  };
  const successful = openedAttempts(attempts);
  const meantToStay = successful.filter(isMeantToStay);
  return [
    trend(
      metrics.connectTime,
      opened((one) => one.openedAtMs - one.startedAtMs),
    ),
    trend(
      metrics.connectTimeFromDue,
      opened((one) => one.openedAtMs - one.dueAtMs),
    ),
    trend(
      metrics.firstMessageTime,
      opened((one) => span(one.firstMessageAtMs, one.openedAtMs)),
    ),
    trend(
      metrics.readyTime,
      opened((one) => span(one.readyAtMs, one.startedAtMs)),
    ),
    trend(metrics.refusalTime, (one) =>
      one.outcome === 'failed' && one.failure.status !== null ? one.failedAtMs - one.startedAtMs : null,
    ),
    rate(metrics.connectSuccess, decided, ({ outcome }) => outcome === 'opened'),
    rate(
      metrics.unauthorizedRefusals,
      decided,
      (one) => one.outcome === 'failed' && one.failure.reason === 'unauthorized',
    ),
    rate(metrics.stableConnections, meantToStay, (one) => one.outcome === 'opened' && one.stable),
    ...(expectsInitialMessages
      ? [
          rate(
            metrics.initialMessages,
            successful,
            (one) => one.outcome === 'opened' && one.readyAtMs !== null,
          ),
        ]
      : []),
  ];
};

/** Every whole slot of what is judged, with the connections that were open from its beginning to its end. */
const connectedSlots = (result: LoadResult, counts: readonly CounterSlot[]): ConnectedCounterSlot[] => {
  const { slotMs, warmUpMs } = result.grid;
  const first = Math.ceil(warmUpMs / slotMs);
  const length = Math.max(0, Math.floor(result.holdOverAtMs / slotMs) - first);
  const changes = new Int32Array(length + 1);
  for (const { openedAtMs, closedAtMs, slowReading } of openedAttempts(result.attempts)) {
    if (slowReading !== undefined) continue;
    const from = Math.max(0, Math.ceil(openedAtMs / slotMs) - first);
    const until = Math.min(length, Math.floor((closedAtMs ?? result.holdOverAtMs) / slotMs) - first);
    if (from >= until) continue;
    changes[from] = (changes[from] ?? 0) + 1;
    changes[until] = (changes[until] ?? 0) - 1;
  }
  const countOf = new Map(counts.map(({ slot, count }) => [slot, count]));
  let connections = 0;
  return Array.from({ length }, (_, position) => {
    connections += changes[position] ?? 0;
    const slot = first + position;
    return { slot, count: countOf.get(slot) ?? 0, connections };
  });
};

const behaviourSlots = ({
  conversations,
  subscriptions,
  reconnects,
}: LoadResult): [Metric, SlotSamples][] => [
  ...(conversations === undefined
    ? []
    : ([
        [metrics.stepTime, trendOf('ms', conversations.stepTime.slots)],
        [metrics.stepsMet, { kind: 'rate', slots: conversations.stepsMet.slots }],
        [metrics.conversationsCompleted, { kind: 'rate', slots: conversations.completed.slots }],
      ] satisfies [Metric, SlotSamples][])),
  ...(subscriptions === undefined
    ? []
    : ([
        [metrics.subscribeTime, trendOf('ms', subscriptions.confirmTime.slots)],
        [metrics.subscriptionsConfirmed, { kind: 'rate', slots: subscriptions.confirmed.slots }],
        [metrics.quotesAskedFor, { kind: 'rate', slots: subscriptions.quotes.slots }],
      ] satisfies [Metric, SlotSamples][])),
  ...(reconnects === undefined
    ? []
    : ([
        ...(reconnects.cause === 'cut'
          ? ([[metrics.recoveryTime, trendOf('ms', reconnects.recoveryTime.slots)]] as [
              Metric,
              SlotSamples,
            ][])
          : []),
        [metrics.triesUntilBack, trendOf('count', reconnects.tries.slots)],
        [metrics.recovered, { kind: 'rate', slots: reconnects.recovered.slots }],
      ] satisfies [Metric, SlotSamples][])),
];

/** Cuts what a load measured into slots, for every metric that can be judged in windows. */
export const summarizeSlots = (result: LoadResult, expectsInitialMessages: boolean): SlotSummary => {
  const { pings, messages, grid, holdOverAtMs } = result;
  const entries: [Metric, SlotSamples][] = [
    ...attemptSlots(result, expectsInitialMessages),
    ...behaviourSlots(result),
    [metrics.messagesReceived, { kind: 'counter', slots: connectedSlots(result, messages.received.slots) }],
    [metrics.bytesReceived, { kind: 'counter', slots: connectedSlots(result, messages.bytes.slots) }],
    [metrics.messageGap, trendOf('ms', messages.gaps.slots)],
  ];
  if (result.sequences !== null) {
    const { skew, reachedAll } = summarizeFanOut(result);
    entries.push(
      [metrics.quoteLatency, trendOf('ms', messages.quoteLatency.slots)],
      [metrics.fanOutSkew, trendOf('ms', skew.slots)],
      [metrics.quotesToEveryClient, { kind: 'rate', slots: reachedAll.slots }],
    );
  }
  if (pings.sent > 0) {
    entries.push(
      [metrics.roundTripTime, trendOf('ms', pings.roundTrip.slots)],
      [metrics.roundTripTimeFromDue, trendOf('ms', pings.roundTripFromDue.slots)],
      [metrics.pingsAnswered, { kind: 'rate', slots: pings.answered.slots }],
    );
  }
  return {
    slotMs: grid.slotMs,
    fromMs: grid.warmUpMs,
    untilMs: Math.max(grid.warmUpMs, holdOverAtMs),
    metrics: Object.fromEntries(entries.map(([metric, samples]) => [metric.name, samples])),
  };
};

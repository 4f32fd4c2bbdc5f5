import type { ConnectionAttempt, FailedAttempt, OpenedAttempt } from '../connection/attempt.ts';
import type { LoadResult } from '../load/run-load.ts';
import * as metrics from './catalogue.ts';
import { isMeantToStay } from './is-meant-to-stay.ts';
import { Distribution } from './distribution.ts';
import type { Metric, Unit } from './metric.ts';
import type { CounterSamples, GaugeSamples, RateSamples, Samples, Summary, TrendSamples } from './samples.ts';
import { summarizeFanOut } from './summarize-fan-out.ts';
import { summarizeSlowReaders } from './summarize-slow-readers.ts';
import { judgedAttempts } from './warm-up.ts';

/** The opened attempts, in the order of the plan. */
export const openedAttempts = (attempts: readonly ConnectionAttempt[]): OpenedAttempt[] =>
  attempts.filter((attempt) => attempt.outcome === 'opened');

/** The attempts that never opened, in the order of the plan. */
export const failedAttempts = (attempts: readonly ConnectionAttempt[]): FailedAttempt[] =>
  attempts.filter((attempt) => attempt.outcome === 'failed');

const trendOf = (values: readonly (number | null)[]): TrendSamples => {
  const distribution = new Distribution();
  for (const value of values) if (value !== null) distribution.record(value);
  return distribution.samples();
};

const rateOf = (hits: number, total: number): RateSamples => ({ kind: 'rate', hits, total });

const counterOf = (count: number, connections: number): CounterSamples => ({
  kind: 'counter',
  count,
  connections,
});

const gaugeOf = (unit: Unit, value: number | null): GaugeSamples => ({
  kind: 'gauge',
  unit,
  value,
  readings: value === null ? 0 : 1,
});

const span = (endAtMs: number | null, startAtMs: number | null): number | null =>
  endAtMs === null || startAtMs === null ? null : endAtMs - startAtMs;

const refusedByStatus = (attempts: readonly FailedAttempt[]): FailedAttempt[] =>
  attempts.filter(({ failure }) => failure.status !== null);

const connectionSamples = (
  opened: readonly OpenedAttempt[],
  failed: readonly FailedAttempt[],
): [Metric, Samples][] => [
  [metrics.connectTime, trendOf(opened.map((one) => one.openedAtMs - one.startedAtMs))],
  [metrics.connectTimeFromDue, trendOf(opened.map((one) => one.openedAtMs - one.dueAtMs))],
  [metrics.startLag, trendOf([...opened, ...failed].map((one) => one.startedAtMs - one.dueAtMs))],
  [
    metrics.tcpTime,
    trendOf(opened.map((one) => span(one.tcpConnectedAtMs, one.dnsResolvedAtMs ?? one.startedAtMs))),
  ],
  [
    metrics.upgradeTime,
    trendOf(opened.map((one) => span(one.openedAtMs, one.tlsDoneAtMs ?? one.tcpConnectedAtMs))),
  ],
  [metrics.firstMessageTime, trendOf(opened.map((one) => span(one.firstMessageAtMs, one.openedAtMs)))],
  [metrics.readyTime, trendOf(opened.map((one) => span(one.readyAtMs, one.startedAtMs)))],
  [metrics.refusalTime, trendOf(refusedByStatus(failed).map((one) => one.failedAtMs - one.startedAtMs))],
];

const pingSamples = ({ pings }: LoadResult): [Metric, Samples][] =>
  pings.sent === 0
    ? []
    : [
        [metrics.roundTripTime, Distribution.decode(pings.roundTrip).samples()],
        [metrics.roundTripTimeFromDue, Distribution.decode(pings.roundTripFromDue).samples()],
        [metrics.pingsAnswered, rateOf(pings.answered.hits, pings.answered.total)],
      ];

const messageSamples = ({ messages }: LoadResult, connections: number): [Metric, Samples][] => [
  [metrics.messagesReceived, counterOf(messages.received.count, connections)],
  [metrics.bytesReceived, counterOf(messages.bytes.count, connections)],
  [metrics.messagesPerSecond, gaugeOf('messages/s', messages.messagesPerSecond)],
  [metrics.bytesPerSecond, gaugeOf('bytes/s', messages.bytesPerSecond)],
  [metrics.messageGap, Distribution.decode(messages.gaps).samples()],
];

/** Latency only where the offset of the clocks was known: without it there would be a number, and no truth in it. */
const latencySamples = ({ messages }: LoadResult, connections: number): [Metric, Samples][] => {
  const latency = Distribution.decode(messages.quoteLatency).samples();
  if (latency.count === 0) return [];
  return [
    [metrics.quoteLatency, latency],
    [metrics.quotesTooEarly, counterOf(messages.arrivedTooEarly, connections)],
  ];
};

const quoteSamples = (result: LoadResult, connections: number): [Metric, Samples][] => {
  const { sequences } = result;
  if (sequences === null) return [];
  // Loss can only be seen between quotes: without any there is nothing to judge by.
  const between = sequences.received === 0 ? 0 : connections;
  const { skew, reachedAll } = summarizeFanOut(result);
  return [
    [metrics.quotesReceived, counterOf(sequences.received, connections)],
    [metrics.quotesLost, counterOf(sequences.lost, between)],
    [metrics.quotesDuplicated, counterOf(sequences.duplicated, between)],
    [metrics.quotesReordered, counterOf(sequences.reordered, between)],
    [metrics.quotesToEveryClient, rateOf(reachedAll.hits, reachedAll.total)],
    [metrics.fanOutSkew, Distribution.decode(skew).samples()],
    ...latencySamples(result, between),
  ];
};

const behaviourSamples = (
  { conversations, subscriptions }: LoadResult,
  connections: number,
): [Metric, Samples][] => [
  ...(conversations === undefined
    ? []
    : ([
        [metrics.stepTime, Distribution.decode(conversations.stepTime).samples()],
        [metrics.stepsMet, rateOf(conversations.stepsMet.hits, conversations.stepsMet.total)],
        [metrics.conversationsCompleted, rateOf(conversations.completed.hits, conversations.completed.total)],
        [metrics.conversationsUnfinished, counterOf(conversations.unfinished.count, connections)],
      ] satisfies [Metric, Samples][])),
  ...(subscriptions === undefined
    ? []
    : ([
        [metrics.subscribeTime, Distribution.decode(subscriptions.confirmTime).samples()],
        [metrics.subscriptionsConfirmed, rateOf(subscriptions.confirmed.hits, subscriptions.confirmed.total)],
        [metrics.quotesAskedFor, rateOf(subscriptions.quotes.hits, subscriptions.quotes.total)],
      ] satisfies [Metric, Samples][])),
];

const cutSamples = (attempts: LoadResult['attempts']): [Metric, Samples] => {
  const first = attempts.filter(({ retry }) => retry === undefined);
  const cut = openedAttempts(first).filter(({ wasCut }) => wasCut === true);
  return [metrics.openWhenCut, rateOf(cut.length, first.length)];
};

const reconnectSamples = ({ reconnects, attempts }: LoadResult): [Metric, Samples][] =>
  reconnects === undefined
    ? []
    : [
        ...(reconnects.cause === 'cut' ? [cutSamples(attempts)] : []),
        [
          reconnects.cause === 'cut' ? metrics.recoveryTime : metrics.awayTime,
          Distribution.decode(reconnects.recoveryTime).samples(),
        ],
        [metrics.triesUntilBack, { ...Distribution.decode(reconnects.tries).samples(), unit: 'count' }],
        [metrics.recovered, rateOf(reconnects.recovered.hits, reconnects.recovered.total)],
      ];

/** Turns what a load measured into the samples of every metric that the client can take; without the warm-up. */
export const summarize = (result: LoadResult, expectsInitialMessages: boolean): Summary => {
  const attempts = judgedAttempts(result.attempts, result.grid.warmUpMs);
  const opened = openedAttempts(attempts);
  const failed = failedAttempts(attempts);
  const attempted = opened.length + failed.length;
  const count = (matches: (attempt: OpenedAttempt) => boolean): number => opened.filter(matches).length;
  // Those of the warm-up receive messages after it too; where it outlasts the load, nothing could be received.
  const receiving =
    result.holdOverAtMs > result.grid.warmUpMs
      ? openedAttempts(result.attempts).filter(({ slowReading }) => slowReading === undefined).length
      : 0;
  const entries: [Metric, Samples][] = [
    ...connectionSamples(opened, failed),
    [metrics.connectSuccess, rateOf(opened.length, attempted)],
    [
      metrics.stableConnections,
      rateOf(
        count((one) => one.stable && isMeantToStay(one)),
        count(isMeantToStay),
      ),
    ],
    [
      metrics.unauthorizedRefusals,
      rateOf(failed.filter(({ failure }) => failure.reason === 'unauthorized').length, attempted),
    ],
    ...messageSamples(result, receiving),
    ...pingSamples(result),
    ...behaviourSamples(result, receiving),
    ...reconnectSamples(result),
    ...quoteSamples(result, receiving),
  ];
  if (expectsInitialMessages) {
    entries.push([
      metrics.initialMessages,
      rateOf(
        count(({ readyAtMs }) => readyAtMs !== null),
        opened.length,
      ),
    ]);
  }
  return {
    ...Object.fromEntries(entries.map(([metric, samples]) => [metric.name, samples])),
    // When they stop is the plan's own choice, whatever of the load is a warm-up.
    ...summarizeSlowReaders(openedAttempts(result.attempts)),
  };
};

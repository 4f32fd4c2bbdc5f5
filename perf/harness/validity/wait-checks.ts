import type { SelfReport } from '../load/self-watch.ts';
import {
  connectTime,
  fanOutSkew,
  messageGap,
  quoteLatency,
  roundTripTime,
  roundTripTimeFromDue,
  stepTime,
  subscribeTime,
} from '../metrics/catalogue.ts';
import type { Metric } from '../metrics/metric.ts';
import { aggregate, type Summary } from '../metrics/samples.ts';
import type { ValidityCheck } from '../record/run-record.ts';
import { gentler } from './remedies.ts';
import { atMost, figure, largest } from './validity-check.ts';
import { validityLimits as limits } from './validity-limits.ts';

const reason =
  'An answer that has arrived waits in the generator until it is read, and is timed as if the server took that long.';

const openingWaits = (reports: readonly SelfReport[], summary: Summary): ValidityCheck[] => [
  atMost({
    name: 'answers’ wait in the generator during the opening, mean',
    unit: 'ms',
    observed: largest(reports.map(({ opening }) => opening.wait?.meanMs ?? null)),
    limit: Math.max(
      limits.openingWaitMeanMs,
      limits.openingWaitMeanRatio * (aggregate(summary, connectTime, 'mean') ?? 0),
    ),
    reason,
    remedy: gentler,
  }),
  atMost({
    name: 'answers’ wait in the generator during the opening, p95',
    unit: 'ms',
    observed: largest(reports.map(({ opening }) => opening.wait?.p95Ms ?? null)),
    limit: Math.max(
      limits.openingWaitP95Ms,
      limits.openingWaitP95Ratio * (aggregate(summary, connectTime, 'p95') ?? 0),
    ),
    reason,
    remedy: gentler,
  }),
];

/** A kind of messages that are timed on open connections. */
interface TimedMessages {
  readonly what: string;
  /** The first that was taken gives the scale of a wait that does not matter. */
  readonly scales: readonly Metric<'trend'>[];
  readonly concerns: readonly Metric[];
  readonly ms: number;
  readonly ratio: number;
}

const answers = { ms: limits.answerWaitP95Ms, ratio: limits.answerWaitP95Ratio };

const timedMessages: readonly TimedMessages[] = [
  {
    what: 'answers to pings',
    scales: [roundTripTime],
    concerns: [roundTripTime, roundTripTimeFromDue],
    ...answers,
  },
  { what: 'messages of a conversation', scales: [stepTime], concerns: [stepTime], ...answers },
  {
    what: 'confirmations of a subscription',
    scales: [subscribeTime],
    concerns: [subscribeTime],
    ...answers,
  },
  {
    what: 'messages that come by themselves',
    scales: [quoteLatency, messageGap],
    concerns: [quoteLatency, fanOutSkew, messageGap],
    ms: limits.messageWaitP95Ms,
    ratio: limits.messageWaitP95Ratio,
  },
];

const messageWaits = (reports: readonly SelfReport[], summary: Summary): ValidityCheck[] => {
  const observed = largest(reports.map(({ waitWhileOpen }) => waitWhileOpen?.p95Ms ?? null));
  return [
    figure({ name: 'wait in the generator while connections were open, p95', unit: 'ms', observed, reason }),
    ...timedMessages.flatMap(({ what, scales, concerns, ms, ratio }) => {
      const [scaleMs] = scales.flatMap((metric) => aggregate(summary, metric, 'p95') ?? []);
      return scaleMs === undefined
        ? []
        : [
            atMost({
              name: `wait of ${what} in the generator, p95`,
              unit: 'ms',
              observed,
              limit: Math.max(ms, ratio * scaleMs),
              concerns: concerns.map(({ name }) => name),
              reason,
              remedy: gentler,
            }),
          ];
    }),
  ];
};

/** Whether what arrived was read soon enough for its time to be the server's. */
export const waitChecks = (reports: readonly SelfReport[], summary: Summary): ValidityCheck[] => [
  ...openingWaits(reports, summary),
  ...messageWaits(reports, summary),
];

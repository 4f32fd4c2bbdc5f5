import * as metrics from './catalogue.ts';
import type { Metric } from './metric.ts';

/** The metrics that are kept over time, so that windows of a run can be judged by them, in the order reports use. */
export const windowedMetrics: readonly Metric[] = [
  metrics.connectTime,
  metrics.connectTimeFromDue,
  metrics.firstMessageTime,
  metrics.readyTime,
  metrics.refusalTime,
  metrics.roundTripTime,
  metrics.roundTripTimeFromDue,
  metrics.messageGap,
  metrics.quoteLatency,
  metrics.fanOutSkew,
  metrics.stepTime,
  metrics.stepsMet,
  metrics.conversationsCompleted,
  metrics.subscribeTime,
  metrics.subscriptionsConfirmed,
  metrics.quotesAskedFor,
  metrics.recoveryTime,
  metrics.triesUntilBack,
  metrics.recovered,
  metrics.connectSuccess,
  metrics.stableConnections,
  metrics.initialMessages,
  metrics.unauthorizedRefusals,
  metrics.pingsAnswered,
  metrics.quotesToEveryClient,
  metrics.messagesReceived,
  metrics.bytesReceived,
];

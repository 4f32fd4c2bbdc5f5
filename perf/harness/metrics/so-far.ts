import type { ConnectionAttempt, OpenedAttempt } from '../connection/attempt.ts';
import * as metrics from './catalogue.ts';
import { Distribution, type EncodedDistribution } from './distribution.ts';
import { isMeantToStay } from './is-meant-to-stay.ts';

/** What one metric has come to while its load is under way; plain data, without the warm-up. */
export type MetricSoFar =
  /** Values that can not be negative. */
  | { readonly kind: 'trend'; readonly values: EncodedDistribution; readonly settled: number | null }
  | { readonly kind: 'rate'; readonly hits: number; readonly misses: number; readonly settled: number }
  /** Events that only become more. */
  | { readonly kind: 'counter'; readonly count: number };

/**
 * Metrics by name. `settled`: the attempts that can add nothing any more; null where what may still come is not bounded
 * by the attempts. What can change its mind (quotes that are missing, pings without an answer) is not among them.
 */
export type SoFar = Readonly<Record<string, MetricSoFar>>;

/** What one attempt means for a metric: null as long as that is open, 'nothing' when it never will mean anything. */
export type Reading = number | boolean | 'nothing' | null;

const canBecomeReady = ({ failure, closedAtMs }: OpenedAttempt): boolean =>
  failure === null || (closedAtMs === null && failure.reason !== 'no-initial-message');

const connected =
  (read: (attempt: OpenedAttempt) => Reading) =>
  (attempt: ConnectionAttempt): Reading => {
    if (attempt.outcome === 'not-started') return null;
    return attempt.outcome === 'failed' ? 'nothing' : read(attempt);
  };

const trends: Readonly<Record<string, (attempt: ConnectionAttempt) => Reading>> = {
  [metrics.connectTime.name]: connected((one) => one.openedAtMs - one.startedAtMs),
  [metrics.connectTimeFromDue.name]: connected((one) => one.openedAtMs - one.dueAtMs),
  [metrics.readyTime.name]: connected((one) => {
    if (one.readyAtMs !== null) return one.readyAtMs - one.startedAtMs;
    return canBecomeReady(one) ? null : 'nothing';
  }),
};

const rates: Readonly<Record<string, (attempt: ConnectionAttempt) => Reading>> = {
  [metrics.connectSuccess.name]: ({ outcome }) => (outcome === 'not-started' ? null : outcome === 'opened'),
  [metrics.unauthorizedRefusals.name]: (one) =>
    one.outcome === 'not-started' ? null : one.outcome === 'failed' && one.failure.reason === 'unauthorized',
  // That it stays open is known at the end of the hold alone, which an early end is not.
  [metrics.stableConnections.name]: connected((one) => {
    if (!isMeantToStay(one)) return 'nothing';
    return one.closedAtMs !== null && !one.stable ? false : null;
  }),
  [metrics.initialMessages.name]: connected((one) => {
    if (one.readyAtMs !== null) return true;
    return canBecomeReady(one) ? null : false;
  }),
};

/** Names of the metrics about which something can be said while a load is under way. */
export const foreseeable: readonly string[] = [
  ...Object.keys(trends),
  ...Object.keys(rates),
  metrics.messagesReceived.name,
  metrics.roundTripTime.name,
];

/** How a metric of this name reads an attempt; null where it is not taken from attempts, or can not be foreseen. */
export const readerOf = (
  name: string,
): { readonly kind: 'trend' | 'rate'; readonly read: (attempt: ConnectionAttempt) => Reading } | null => {
  const trend = trends[name];
  if (trend !== undefined) return { kind: 'trend', read: trend };
  const rate = rates[name];
  return rate === undefined ? null : { kind: 'rate', read: rate };
};

const mergeMetric = (a: MetricSoFar, b: MetricSoFar | undefined): MetricSoFar => {
  if (b === undefined) return a;
  if (a.kind === 'trend' && b.kind === 'trend') {
    const values = Distribution.decode(a.values);
    values.merge(b.values);
    const settled = a.settled === null || b.settled === null ? null : a.settled + b.settled;
    return { kind: 'trend', values: values.encode(), settled };
  }
  if (a.kind === 'rate' && b.kind === 'rate') {
    return {
      kind: 'rate',
      hits: a.hits + b.hits,
      misses: a.misses + b.misses,
      settled: a.settled + b.settled,
    };
  }
  if (a.kind === 'counter' && b.kind === 'counter') return { kind: 'counter', count: a.count + b.count };
  throw new Error('Agents of one load take the same metrics.');
};

/** What several agents have come to, as if one had. */
export const mergeSoFar = (parts: readonly SoFar[]): SoFar => {
  const merged: Record<string, MetricSoFar> = {};
  for (const part of parts) {
    for (const [name, metric] of Object.entries(part)) merged[name] = mergeMetric(metric, merged[name]);
  }
  return merged;
};

import { sumFindings } from '../metrics/sequence-tracker.ts';
import { narrowestSlotMs } from '../metrics/slot-grid.ts';
import { mergeTimedDistributions } from '../metrics/timed-distribution.ts';
import { mergeTimedRates } from '../metrics/timed-rate.ts';
import { thinSeries } from '../record/thin-series.ts';
import type { AgentResult } from './agent-result.ts';
import { mergeTimelines } from './merge-timelines.ts';
import { mergeMessages } from './message-result.ts';
import { mergeReconnects } from './reconnects.ts';
import { mergeConversations } from './conversation-tally.ts';
import { mergeSubscriptions } from './subscription.ts';
import type { SelfReport } from './self-watch.ts';

/** What several agents measured together; what each saw of itself is kept apart, as the worst of them counts. */
export interface MergedResult extends Omit<AgentResult, 'self'> {
  readonly selfReports: readonly SelfReport[];
}

/** What several agents measured, as if one had: attempts in the order of the plan, histograms added, never averaged. */
export const mergeResults = (results: readonly AgentResult[]): MergedResult => {
  const sum = (of: (result: AgentResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const largest = (of: (result: AgentResult) => number): number => Math.max(...results.map(of));
  const conversations = mergeConversations(results.flatMap((result) => result.conversations ?? []));
  const subscriptions = mergeSubscriptions(results.flatMap((result) => result.subscriptions ?? []));
  const reconnects = mergeReconnects(results.flatMap((result) => result.reconnects ?? []));
  const received = results.some((result) => result.received !== undefined)
    ? results.flatMap((result) => result.received ?? [])
    : undefined;
  return {
    grid: results[0]?.grid ?? { warmUpMs: 0, slotMs: narrowestSlotMs },
    wasStopped: results.some(({ wasStopped }) => wasStopped),
    attempts: results.flatMap(({ attempts }) => attempts).toSorted((a, b) => a.index - b.index),
    pings: {
      roundTrip: mergeTimedDistributions(results.map(({ pings }) => pings.roundTrip)),
      roundTripFromDue: mergeTimedDistributions(results.map(({ pings }) => pings.roundTripFromDue)),
      sent: sum(({ pings }) => pings.sent),
      warmUpSent: sum(({ pings }) => pings.warmUpSent),
      answered: mergeTimedRates(results.map(({ pings }) => pings.answered)),
    },
    messages: mergeMessages(results.map(({ messages }) => messages)),
    sequences: sumFindings(results.flatMap(({ sequences }) => sequences ?? [])),
    ...(conversations !== undefined && { conversations }),
    ...(subscriptions !== undefined && { subscriptions }),
    ...(reconnects !== undefined && { reconnects }),
    ...(received !== undefined && { received }),
    timeline: thinSeries(mergeTimelines(results.map(({ timeline }) => timeline)), ({ open }) => open),
    selfReports: results.map(({ self }) => self),
    openingOverAtMs: largest(({ openingOverAtMs }) => openingOverAtMs),
    holdOverAtMs: largest(({ holdOverAtMs }) => holdOverAtMs),
    finishedAtMs: largest(({ finishedAtMs }) => finishedAtMs),
  };
};

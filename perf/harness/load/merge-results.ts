import { sumFindings } from '../metrics/sequence-tracker.ts';
import { narrowestSlotMs } from '../metrics/slot-grid.ts';
import { mergeTimedDistributions } from '../metrics/timed-distribution.ts';
import { mergeTimedRates } from '../metrics/timed-rate.ts';
import type { AgentResult } from './agent-result.ts';
import { mergeTimelines } from './merge-timelines.ts';
import { mergeMessages } from './message-result.ts';

/** What several agents measured, as if one had: attempts in the order of the plan, histograms added, never averaged. */
export const mergeResults = (results: readonly AgentResult[]): AgentResult => {
  const sum = (of: (result: AgentResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const largest = (of: (result: AgentResult) => number): number => Math.max(...results.map(of));
  return {
    grid: results[0]?.grid ?? { warmUpMs: 0, slotMs: narrowestSlotMs },
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
    timeline: mergeTimelines(results.map(({ timeline }) => timeline)),
    self: {
      eventLoopDelayP99Ms: largest(({ self }) => self.eventLoopDelayP99Ms),
      eventLoopDelayMaxMs: largest(({ self }) => self.eventLoopDelayMaxMs),
      cpuRatio: largest(({ self }) => self.cpuRatio),
    },
    openingOverAtMs: largest(({ openingOverAtMs }) => openingOverAtMs),
    holdOverAtMs: largest(({ holdOverAtMs }) => holdOverAtMs),
    finishedAtMs: largest(({ finishedAtMs }) => finishedAtMs),
  };
};

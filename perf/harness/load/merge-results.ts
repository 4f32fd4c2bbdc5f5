import { Distribution, type EncodedDistribution } from '../metrics/distribution.ts';
import { sumFindings } from '../metrics/sequence-tracker.ts';
import type { AgentResult } from './agent-result.ts';

const mergeDistributions = (parts: readonly EncodedDistribution[]): EncodedDistribution => {
  const whole = new Distribution();
  for (const part of parts) whole.merge(part);
  return whole.encode();
};

/** What several agents measured, as if one had: attempts in the order of the plan, histograms added, never averaged. */
export const mergeResults = (results: readonly AgentResult[]): AgentResult => {
  const sum = (of: (result: AgentResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const largest = (of: (result: AgentResult) => number): number => Math.max(...results.map(of));
  return {
    attempts: results.flatMap(({ attempts }) => attempts).toSorted((a, b) => a.index - b.index),
    pings: {
      roundTrip: mergeDistributions(results.map(({ pings }) => pings.roundTrip)),
      roundTripFromDue: mergeDistributions(results.map(({ pings }) => pings.roundTripFromDue)),
      sent: sum(({ pings }) => pings.sent),
      answered: sum(({ pings }) => pings.answered),
      expected: sum(({ pings }) => pings.expected),
    },
    sequences: sumFindings(results.flatMap(({ sequences }) => sequences ?? [])),
    timeline: results.flatMap(({ timeline }) => timeline).toSorted((a, b) => a.atMs - b.atMs),
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

import { longestText } from './printable.ts';
import type { ScenarioResult } from './session-result.ts';

/** A scenario whose runs' records say what became of it as a whole. */
export const withEnding = (scenario: ScenarioResult): ScenarioResult => {
  const { outcome, reason, errors, durationMs, records } = scenario;
  const scenarioEnding = {
    outcome,
    reason,
    // One character more than any report shows: each then says that it was cut.
    errors: errors.map(({ message, line }) => ({ message: message.slice(0, longestText + 1), line })),
    durationMs,
  };
  // oxlint-disable-next-line oxc/no-map-spread -- the records themselves stay as they were read
  return { ...scenario, records: records.map((record) => ({ ...record, scenarioEnding })) };
};

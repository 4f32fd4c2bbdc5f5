import type { RunRecord, ScenarioEnding } from '../harness/record/run-record.ts';
import { worstOutcome } from '../harness/thresholds/verdict.ts';
import type { ScenarioOutcome, ScenarioResult, SessionResult } from './session-result.ts';
import { isTrusted, untoldErrors } from './untold-errors.ts';

/** A run with the file that its record was read from. */
export interface RecordOnFile {
  readonly record: RunRecord;
  readonly recordFile: string;
}

const outcomeOf = (records: readonly RunRecord[]): ScenarioOutcome => {
  if (records.some(({ interrupted }) => interrupted !== null)) return 'stopped';
  const outcome = worstOutcome(records.flatMap(({ verdicts }) => verdicts));
  if (outcome !== 'unjudged') return outcome;
  return records.every(isTrusted) ? 'met' : 'inconclusive';
};

/** What became of a scenario by its promises alone: no record says whether a plain assertion failed, or how long it took. */
const endingByPromises = (records: readonly RunRecord[]): ScenarioEnding => {
  const outcome = outcomeOf(records);
  return {
    outcome,
    reason: outcome === 'stopped' ? 'by the user, before it was over' : null,
    errors: untoldErrors(outcome, records),
    durationMs: 0,
  };
};

/** Scenarios as far as the records of their runs tell them, each with all of its runs. */
export const scenariosOfRecords = (found: readonly RecordOnFile[]): readonly ScenarioResult[] => {
  const bySession = Map.groupBy(found, ({ record: { sessionId, scenario } }) =>
    JSON.stringify([sessionId, scenario.file, scenario.title]),
  );
  return [...bySession.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const records = group.map(({ record }) => record);
    const told = records.find(({ scenarioEnding }) => scenarioEnding !== undefined)?.scenarioEnding;
    return [
      {
        ...first.record.scenario,
        ...(told ?? endingByPromises(records)),
        records,
        recordFiles: group.map(({ recordFile }) => recordFile),
      },
    ];
  });
};

/** A session as far as the records of its runs tell it; null without any. */
export const sessionOfRecords = (found: readonly RecordOnFile[]): SessionResult | null => {
  const records = found.map(({ record }) => record);
  const [first] = records;
  if (first === undefined) return null;
  const finishedAt = records.map((record) => record.finishedAt).toSorted();
  return {
    sessionId: first.sessionId,
    startedAt: records.map(({ startedAt }) => startedAt).toSorted()[0] ?? first.startedAt,
    finishedAt: finishedAt.at(-1) ?? first.finishedAt,
    startUpMs: null,
    target: { label: first.target.label, notices: first.target.notices },
    scenarios: scenariosOfRecords(found),
    faults: [],
    interrupted: records.some(({ interrupted }) => interrupted !== null),
  };
};

import type { RunRecord } from '../harness/record/run-record.ts';
import { describeFailedCheck } from '../harness/thresholds/describe-failed-check.ts';
import { explainVerdicts } from '../harness/thresholds/explain-verdicts.ts';
import type { ScenarioError, ScenarioOutcome } from './session-result.ts';

/** Whether what a run showed is true, and the whole of it. */
export const isTrusted = ({ validity, interrupted }: RunRecord): boolean =>
  validity.conclusive && interrupted === null;

const whyUntrusted = (record: RunRecord): string => {
  if (record.interrupted !== null) return `the run was ${record.interrupted}`;
  const failed = record.validity.checks.find(({ passed }) => !passed);
  return failed === undefined ? 'the run was not measured truly' : describeFailedCheck(failed);
};

const error = (message: string): readonly ScenarioError[] => [{ message, line: null }];

/**
 * What kept a scenario from holding where no assertion failed: its promises, a run that proves nothing, or no run at all.
 * Without it a report would show what did not hold, and no reason.
 */
export const untoldErrors = (
  outcome: ScenarioOutcome,
  records: readonly RunRecord[],
): readonly ScenarioError[] => {
  if (outcome === 'not-measured')
    return error('Not measured: the scenario asked for a load, and ran none. Call load(…) in it.');
  if (outcome !== 'broken' && outcome !== 'inconclusive') return [];
  const promises = records.flatMap((record) => {
    const unmet = record.verdicts.filter((verdict) => verdict.outcome !== 'met');
    return unmet.length === 0 ? [] : error(explainVerdicts(unmet, record));
  });
  if (promises.length > 0) return promises;
  const untrusted = records.find((record) => !isTrusted(record));
  const reason = untrusted === undefined ? 'the scenario says so' : whyUntrusted(untrusted);
  return outcome === 'broken'
    ? error('Promise broken: its records do not say which.')
    : error(`Inconclusive: what held proves nothing, because ${reason}`);
};

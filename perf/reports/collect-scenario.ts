import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { SerializedError } from 'vitest';
import type { TestCase, TestModule } from 'vitest/node';
import type { RunRecord } from '../harness/record/run-record.ts';
import { parseRunRecord } from '../harness/record/parse-run-record.ts';
import { isPromiseMessage } from '../harness/thresholds/describe-verdict.ts';
import { scenarioName } from '../harness/record/scenario-name.ts';
import type { ScenarioError, ScenarioOutcome, ScenarioResult } from './session-result.ts';
import { isTrusted, untoldErrors } from './untold-errors.ts';

/** Reads one run's record. */
const readRecord = async (file: string): Promise<RunRecord> => {
  const reading = parseRunRecord(await readFile(file, 'utf8'));
  if (reading.outcome === 'read') return reading.value;
  // The record was written by this very session; another version means two installations at work.
  throw new Error(
    `${file} is no record of a run: ${reading.reason}. Run scenarios and command from one installation of ws-perf-gate.`,
  );
};

const suiteErrors = new Set(['HarnessError', 'TargetError']);

const outcomeOf = (
  testCase: TestCase,
  records: readonly RunRecord[],
  wasStopped: boolean,
): ScenarioOutcome => {
  const result = testCase.result();
  const said = testCase.meta().perfOutcome;
  switch (result.state) {
    case 'pending':
      return 'stopped';
    case 'skipped':
      // Vitest marks as skipped what it stopped.
      return wasStopped ? 'stopped' : 'skipped';
    case 'passed':
      // What the thresholds said counts, whether or not a matcher threw it.
      if (said !== undefined && said !== 'unjudged') return said;
      // Plain assertions about a run that was not measured truly prove nothing either.
      return records.every(isTrusted) ? 'met' : 'inconclusive';
    case 'failed':
      if (result.errors.some(({ name }) => suiteErrors.has(name ?? ''))) return 'not-measured';
      if (said === 'broken' || said === 'not-measured') return said;
      // A plain assertion that fails beside inconclusive promises has failed all the same.
      return said === 'inconclusive' && result.errors.every(({ message }) => isPromiseMessage(message))
        ? said
        : 'failed';
    default:
      return result satisfies never;
  }
};

const whyStopped = 'by the user, before it was over';

const reasonOf = (testCase: TestCase, outcome: ScenarioOutcome): string | null => {
  if (outcome === 'stopped') return whyStopped;
  if (outcome !== 'skipped') return null;
  const result = testCase.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  if (note !== undefined) return note;
  const marked = `marked ${testCase.options.mode} in its file`;
  const { tagsFilter = [] } = testCase.project.vitest.config;
  // Vitest marks what the tags leave out like what its author does.
  return tagsFilter.length === 0 ? marked : `left out by --tags ${tagsFilter.join(', ')}, or ${marked}`;
};

/** What was not the server's doing ends with the code under which perf/cli/README.md has its remedy. */
const withCode = ({ name, message, ['code']: code }: SerializedError): string =>
  suiteErrors.has(name ?? '') && typeof code === 'string' ? `${message} (${code})` : message;

const scenarioError = (error: SerializedError, file: string): ScenarioError => ({
  message: withCode(error),
  line: error.stacks?.find((frame) => frame.file === file)?.line ?? null,
});

/** A file of scenarios, as records name it. */
const fileOf = (
  moduleId: string,
  { config }: TestModule['project'],
): Pick<ScenarioResult, 'name' | 'file'> => ({
  name: scenarioName(moduleId),
  file: relative(config.root, moduleId).replaceAll(sep, '/'),
});

/** The scenario that a test is, as records name it. */
const scenarioOf = ({
  fullName,
  module,
  project,
}: TestCase): Pick<ScenarioResult, 'name' | 'title' | 'file'> => ({
  ...fileOf(module.moduleId, project),
  title: fullName,
});

/** What one finished test left behind: its outcome, its errors and its runs' records. */
export const collectScenario = async (testCase: TestCase, wasStopped: boolean): Promise<ScenarioResult> => {
  const file = testCase.module.moduleId;
  const recordFiles = testCase.meta().perfRecords ?? [];
  const records = await Promise.all(recordFiles.map(readRecord));
  // Thresholds of a stopped run are inconclusive by their nature: that it was stopped says it all.
  const isCutShort = wasStopped && records.some(({ interrupted }) => interrupted !== null);
  const outcome = isCutShort ? 'stopped' : outcomeOf(testCase, records, wasStopped);
  const { errors = [] } = testCase.result();
  const told = errors.map((error) => scenarioError(error, file));
  return {
    ...scenarioOf(testCase),
    outcome,
    reason: reasonOf(testCase, outcome),
    errors: isCutShort ? [] : told.length > 0 ? told : untoldErrors(outcome, records),
    records,
    recordFiles,
    durationMs: testCase.diagnostic()?.duration ?? 0,
  };
};

/**
 * Reads a scenario's own records. `files` are all of its name: those of other tests in its file, and of another file of that
 * name, are theirs.
 */
export const readOwnRecords = async (
  { title, file }: Pick<ScenarioResult, 'title' | 'file'>,
  files: readonly string[],
): Promise<Pick<ScenarioResult, 'records' | 'recordFiles'>> => {
  const records: RunRecord[] = [];
  const recordFiles: string[] = [];
  for (const recordFile of files) {
    // One that can not be read may be why its scenario's end was not heard.
    const record = await readRecord(recordFile).catch(() => null);
    if (record === null || record.scenario.title !== title || record.scenario.file !== file) continue;
    records.push(record);
    recordFiles.push(recordFile);
  }
  return { records, recordFiles };
};

const lostMessage =
  'how the scenario ended was not heard: its process ended before, or its record could not be read.';

/**
 * A scenario whose end nobody heard of: stopped where the session was, and else one that could not be measured.
 * `files` are the records of its name.
 */
export const collectLostScenario = async (
  testCase: TestCase,
  files: readonly string[],
  wasStopped: boolean,
): Promise<ScenarioResult> => {
  const scenario = scenarioOf(testCase);
  const left = { ...scenario, ...(await readOwnRecords(scenario, files)), durationMs: 0 };
  if (wasStopped) return { ...left, outcome: 'stopped', reason: whyStopped, errors: [] };
  const kept = left.records.length === 0 ? 'It left no record.' : 'What it had recorded until then is kept.';
  return {
    ...left,
    outcome: 'not-measured',
    reason: null,
    errors: [{ message: `Not measured: ${lostMessage} ${kept}`, line: null }],
  };
};

const brokenModule = (
  { moduleId, project }: TestModule,
  errors: ScenarioResult['errors'],
): ScenarioResult => ({
  ...fileOf(moduleId, project),
  title: 'the file could not be run',
  outcome: 'not-measured',
  reason: null,
  errors,
  records: [],
  recordFiles: [],
  durationMs: 0,
});

/** A file that could not be loaded, as a scenario that could not be measured; null when it could. */
export const collectBrokenModule = (module: TestModule): ScenarioResult | null => {
  const errors = module.errors().map((error) => scenarioError(error, module.moduleId));
  return errors.length === 0 ? null : brokenModule(module, errors);
};

/** A file whose process ended before it had told its tests, as a scenario that could not be measured. */
export const collectLostModule = (module: TestModule): ScenarioResult =>
  brokenModule(module, [
    { message: 'Not measured: its process ended before it told which tests the file has.', line: null },
  ]);

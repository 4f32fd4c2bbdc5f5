import type { RunRecord } from '../harness/record/run-record.ts';
import {
  describeThreshold,
  explainVerdict,
  isPromiseMessage,
} from '../harness/thresholds/describe-verdict.ts';
import type { Verdict } from '../harness/thresholds/verdict.ts';
import { judgedRecords } from './judged-records.ts';
import { property, rounded, runProperties } from './junit-properties.ts';
import { printable } from './printable.ts';
import type { ScenarioResult } from './session-result.ts';
import { xmlDocument, type XmlElement } from './xml.ts';

const msPerSecond = 1_000;

const firstLine = (text: string): string => printable(text).split('\n')[0] ?? '';

const seconds = (ms: number): string => (ms / msPerSecond).toFixed(3);

/** How long each run went on beyond those that began before it: so runs that overlap add up to what they took together. */
const addedTimesMs = (records: readonly RunRecord[]): ReadonlyMap<RunRecord, number> => {
  const added = new Map<RunRecord, number>();
  let coveredUntilMs = Number.NEGATIVE_INFINITY;
  for (const record of records.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))) {
    const fromMs = Math.max(Date.parse(record.startedAt), coveredUntilMs);
    coveredUntilMs = Math.max(Date.parse(record.finishedAt), fromMs);
    added.set(record, coveredUntilMs - fromMs);
  }
  return added;
};

const totalMs = (times: ReadonlyMap<RunRecord, number>): number =>
  [...times.values()].reduce((total, ms) => total + ms, 0);

const failureOf = (verdict: Verdict, record: RunRecord): readonly XmlElement[] => {
  if (verdict.outcome === 'met') return [];
  const explanation = explainVerdict(verdict, record);
  const [message = ''] = explanation.split('\n');
  return [{ name: 'failure', attributes: { message, type: verdict.outcome }, content: explanation }];
};

const promiseCase = (
  { file, name }: ScenarioResult,
  record: RunRecord,
  {
    verdict,
    run,
    durationMs,
  }: { readonly verdict: Verdict; readonly run: string; readonly durationMs: number },
): XmlElement => {
  const { metric } = verdict.threshold;
  const properties = [
    ...property(`observed.${metric.unit}`, rounded(verdict.observed)),
    ...property(`limit.${metric.unit}`, verdict.threshold.limit),
    ...property('samples', verdict.samples),
  ];
  return {
    name: 'testcase',
    attributes: {
      classname: name,
      name: `${describeThreshold(verdict.threshold)}${run}`,
      file,
      time: seconds(durationMs),
    },
    content: [{ name: 'properties', content: properties }, ...failureOf(verdict, record)],
  };
};

/** A scenario whose promises do not say it all: it was skipped or stopped, or failed by something else than a promise. */
const ownCase = (
  scenario: ScenarioResult,
  { hasPromises, durationMs }: { readonly hasPromises: boolean; readonly durationMs: number },
): readonly XmlElement[] => {
  const { errors, outcome, reason } = scenario;
  const others = errors.filter(({ message }) => !hasPromises || !isPromiseMessage(message));
  if (hasPromises && others.length === 0 && outcome !== 'stopped') return [];
  const isSkipped = outcome === 'skipped' || outcome === 'stopped';
  const content: readonly XmlElement[] = isSkipped
    ? [{ name: 'skipped', attributes: { message: reason ?? outcome } }]
    : others.map(({ message }) => ({
        name: outcome === 'not-measured' ? 'error' : 'failure',
        attributes: { message: firstLine(message), type: outcome },
        content: message,
      }));
  return [
    {
      name: 'testcase',
      attributes: {
        classname: scenario.name,
        name: scenario.title,
        file: scenario.file,
        line: others[0]?.line ?? null,
        time: seconds(durationMs),
      },
      content,
    },
  ];
};

const suite = (scenario: ScenarioResult): XmlElement => {
  const records = judgedRecords(scenario.records);
  const judgedMs = addedTimesMs(records.filter(({ verdicts }) => verdicts.length > 0));
  // How long a scenario took is not known where nobody saw its end: then it is what its runs took.
  const durationMs = Math.max(scenario.durationMs, totalMs(addedTimesMs(scenario.records)));
  const promises = records.flatMap((record, index) =>
    record.verdicts.map((verdict, place) =>
      promiseCase(scenario, record, {
        verdict,
        run: records.length > 1 ? ` (run ${String(index + 1)} of ${String(records.length)})` : '',
        // Times are added up by who reads them: a run's own stands at the first of its promises.
        durationMs: place === 0 ? (judgedMs.get(record) ?? 0) : 0,
      }),
    ),
  );
  const own = ownCase(scenario, {
    hasPromises: promises.length > 0,
    durationMs: durationMs - totalMs(judgedMs),
  });
  const cases = [...promises, ...own];
  const count = (name: string): number =>
    cases.filter(
      ({ content }) => Array.isArray(content) && content.some((inner: XmlElement) => inner.name === name),
    ).length;
  return {
    name: 'testsuite',
    attributes: {
      name: `${scenario.name}: ${scenario.title}`,
      file: scenario.file,
      timestamp: records[0]?.startedAt ?? null,
      tests: cases.length,
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
      time: seconds(durationMs),
    },
    content: [
      ...(records.length === 0 ? [] : [{ name: 'properties', content: records.flatMap(runProperties) }]),
      ...cases,
    ],
  };
};

const sum = (suites: readonly XmlElement[], attribute: string): number =>
  suites.reduce((total, { attributes }) => total + Number(attributes?.[attribute] ?? 0), 0);

/**
 * Scenarios as JUnit XML: a suite each with its runs' figures, a test case for each promise; an inconclusive promise
 * is a failure, since no data is not a pass.
 */
export const junitReport = (scenarios: readonly ScenarioResult[], faults: readonly string[] = []): string => {
  const outside: readonly XmlElement[] =
    faults.length === 0
      ? []
      : [
          {
            name: 'testsuite',
            attributes: { name: 'outside of scenarios', tests: faults.length, errors: faults.length },
            content: faults.map((message) => ({
              name: 'testcase',
              attributes: { classname: 'ws-perf-gate', name: firstLine(message) },
              content: [{ name: 'error', attributes: { message: firstLine(message) }, content: message }],
            })),
          },
        ];
  const suites = [...scenarios.map(suite), ...outside];
  return xmlDocument({
    name: 'testsuites',
    attributes: {
      name: 'ws-perf-gate',
      tests: sum(suites, 'tests'),
      failures: sum(suites, 'failures'),
      errors: sum(suites, 'errors'),
      skipped: sum(suites, 'skipped'),
      time: sum(suites, 'time').toFixed(3),
    },
    content: suites,
  });
};

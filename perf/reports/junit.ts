import { aggregate } from '../harness/metrics/samples.ts';
import { catalogue } from '../harness/metrics/catalogue.ts';
import type { Metric } from '../harness/metrics/metric.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import {
  describeThreshold,
  explainVerdict,
  isPromiseMessage,
} from '../harness/thresholds/describe-verdict.ts';
import type { Verdict } from '../harness/thresholds/verdict.ts';
import { judgedRecords } from './judged-records.ts';
import { printable } from './printable.ts';
import type { ScenarioResult } from './session-result.ts';
import { xmlDocument, type XmlElement } from './xml.ts';

const msPerSecond = 1_000;

const firstLine = (text: string): string => printable(text).split('\n')[0] ?? '';

const property = (name: string, value: number | string | null): readonly XmlElement[] =>
  value === null ? [] : [{ name: 'property', attributes: { name, value } }];

const aggregations = {
  trend: ['mean', 'min', 'p50', 'p90', 'p95', 'p99', 'max'],
  rate: ['ratio'],
  counter: ['count'],
  gauge: ['value'],
} as const;

/** Digits that no measurement has are left out. */
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(6)));

/** `connectTime.p95.ms`, in the metric's unit; ratios are 0 to 1. */
const figures = ({ metrics }: RunRecord): readonly XmlElement[] =>
  catalogue.flatMap((metric: Metric) =>
    aggregations[metric.kind].flatMap((aggregation) =>
      property(
        `${metric.name}.${aggregation}${aggregation === metric.unit ? '' : `.${metric.unit}`}`,
        rounded(aggregate(metrics, metric, aggregation)),
      ),
    ),
  );

const runProperties = (record: RunRecord): readonly XmlElement[] => [
  ...property('run', record.runId),
  ...property('target', record.target.label),
  ...property('grade', record.grade.word),
  ...property('connections.attempted', record.counts.attempted),
  ...property('connections.successful', record.counts.successful),
  ...property('connections.failed', record.counts.failed),
  ...property('connections.stable', record.counts.stable),
  ...property('messagesReceived', record.counts.messagesReceived),
  ...property('capacity', record.capacity === null ? null : (record.capacity.highestGood ?? 'none')),
  ...figures(record),
];

const secondsOf = ({ startedAt, finishedAt }: RunRecord): string =>
  ((Date.parse(finishedAt) - Date.parse(startedAt)) / msPerSecond).toFixed(3);

const failureOf = (verdict: Verdict, record: RunRecord): readonly XmlElement[] => {
  if (verdict.outcome === 'met') return [];
  const explanation = explainVerdict(verdict, record);
  const [message = ''] = explanation.split('\n');
  return [{ name: 'failure', attributes: { message, type: verdict.outcome }, content: explanation }];
};

const promiseCase = (
  { file, name }: ScenarioResult,
  record: RunRecord,
  { verdict, run }: { readonly verdict: Verdict; readonly run: string },
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
      time: secondsOf(record),
    },
    content: [{ name: 'properties', content: properties }, ...failureOf(verdict, record)],
  };
};

/** A scenario whose promises do not say it all: it was skipped or stopped, or failed by something else than a promise. */
const ownCase = (scenario: ScenarioResult, hasPromises: boolean): readonly XmlElement[] => {
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
  const time = (scenario.durationMs / msPerSecond).toFixed(3);
  return [
    {
      name: 'testcase',
      attributes: {
        classname: scenario.name,
        name: scenario.title,
        file: scenario.file,
        line: others[0]?.line ?? null,
        time,
      },
      content,
    },
  ];
};

const suite = (scenario: ScenarioResult): XmlElement => {
  const records = judgedRecords(scenario.records);
  const promises = records.flatMap((record, index) =>
    record.verdicts.map((verdict) =>
      promiseCase(scenario, record, {
        verdict,
        run: records.length > 1 ? ` (run ${String(index + 1)} of ${String(records.length)})` : '',
      }),
    ),
  );
  const cases = [...promises, ...ownCase(scenario, promises.length > 0)];
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
      time: (scenario.durationMs / msPerSecond).toFixed(3),
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

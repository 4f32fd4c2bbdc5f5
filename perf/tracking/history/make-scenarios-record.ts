import { createHash } from 'node:crypto';
import type { Metric } from '../../harness/metrics/metric.ts';
import type { Samples } from '../../harness/metrics/samples.ts';
import type { RunRecord, Validity } from '../../harness/record/run-record.ts';
import { intervalConfidence } from '../../harness/thresholds/interval-of.ts';
import type { Verdict } from '../../harness/thresholds/verdict.ts';
import {
  historyRecordVersion,
  type ScenarioEntry,
  type ScenarioMetric,
  type ScenariosRecord,
} from './history-record.ts';
import type { Checkout } from './read-checkout.ts';
import type { Surroundings } from './read-surroundings.ts';

/** A measured session, as the history needs it. */
export interface MeasuredSession {
  readonly sessionId: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly packageVersion: string;
  /** The runs that stand for the scenarios, in order. */
  readonly runs: readonly RunRecord[];
  /** What the target was asked to be, beside what the runs say: its image, its environment. */
  readonly targetFacts: unknown;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Two runs can be compared when they put the same load on the same target, in all that its figures depend on beside it. */
const setupIdOf = ({ profile, warmUp, target, fingerprint }: RunRecord, targetFacts: unknown): string => {
  const url = target.kind === 'external' ? target.url : null;
  return sha256(JSON.stringify([profile, warmUp?.untilMs ?? 0, fingerprint, url, targetFacts]));
};

const intervalOf = ({ interval }: Verdict): ScenarioMetric['promises'][number]['interval'] =>
  interval === undefined
    ? null
    : { low: interval.lower, high: interval.upper, confidence: intervalConfidence };

const promiseOf = (verdict: Verdict): ScenarioMetric['promises'][number] => ({
  aggregation: verdict.threshold.aggregation,
  comparison: verdict.threshold.comparison,
  limit: verdict.threshold.limit,
  observed: verdict.observed,
  samples: verdict.samples,
  outcome: verdict.outcome,
  interval: intervalOf(verdict),
  windowMs: verdict.windows?.lengthMs ?? null,
});

/** Whether the generator could measure this metric truly. */
const isTrue = (name: string, { checks }: Validity): boolean =>
  checks.every(({ passed, concerns }) => passed || (concerns !== undefined && !concerns.includes(name)));

const metricOf = (
  name: string,
  samples: Samples,
  { verdicts, validity }: Pick<RunRecord, 'verdicts' | 'validity'>,
): ScenarioMetric => {
  const judged = verdicts.filter(({ threshold }) => threshold.metric.name === name);
  const shared = { name, isTrue: isTrue(name, validity), promises: judged.map(promiseOf) };
  switch (samples.kind) {
    case 'trend': {
      const { kind, unit, count, mean, min, p50, p90, p95, p99, max } = samples;
      return { kind, ...shared, unit, count, mean, min, p50, p90, p95, p99, max };
    }
    case 'rate':
      return { kind: 'rate', ...shared, unit: 'ratio', hits: samples.hits, total: samples.total };
    case 'counter':
      return {
        kind: 'counter',
        ...shared,
        unit: 'count',
        count: samples.count,
        connections: samples.connections,
      };
    case 'gauge':
      return {
        kind: 'gauge',
        ...shared,
        unit: samples.unit,
        value: samples.value,
        readings: samples.readings,
      };
    default:
      return samples satisfies never;
  }
};

/** A promise about something that was not measured at all is kept as well. */
const withoutSamples = ({ kind, name, unit }: Metric, run: RunRecord): ScenarioMetric => {
  const empty: Readonly<Record<Metric['kind'], Samples>> = {
    trend: {
      kind: 'trend',
      unit,
      count: 0,
      mean: null,
      min: null,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      max: null,
      histogram: '',
    },
    rate: { kind: 'rate', hits: 0, total: 0 },
    counter: { kind: 'counter', count: 0, connections: 0 },
    gauge: { kind: 'gauge', unit, value: null, readings: 0 },
  };
  return metricOf(name, empty[kind], run);
};

const entryOf = (run: RunRecord, load: number, targetFacts: unknown): ScenarioEntry => {
  const missing = new Map(
    run.verdicts.flatMap(({ threshold: { metric } }) =>
      metric.name in run.metrics ? [] : [[metric.name, metric]],
    ),
  );
  return {
    name: run.scenario.name,
    title: run.scenario.title.slice(0, 2_000),
    load,
    setupId: setupIdOf(run, targetFacts),
    outcome: run.outcome,
    isConclusive: run.validity.conclusive && run.interrupted === null,
    wasEndedEarly: run.endedEarly !== null,
    metrics: [
      ...Object.entries(run.metrics).map(([name, samples]) => metricOf(name, samples, run)),
      ...[...missing.values()].map((metric) => withoutSamples(metric, run)),
    ],
  };
};

/** Makes the history's record of a session: figures and verdicts, without histograms, attempts and samples. */
export const makeScenariosRecord = (
  session: MeasuredSession,
  checkout: Checkout,
  surroundings: Surroundings,
): ScenariosRecord => {
  const loads = new Map<string, number>();
  const scenarios = session.runs.map((run) => {
    const load = (loads.get(run.scenario.file) ?? 0) + 1;
    loads.set(run.scenario.file, load);
    return entryOf(run, load, session.targetFacts);
  });
  return {
    schema: 'ws-perf-gate/history',
    version: historyRecordVersion,
    kind: 'scenarios',
    runId: session.sessionId,
    attempt: surroundings.attempt,
    startedAt: session.startedAt,
    finishedAt: session.finishedAt,
    project: checkout.project,
    packageVersion: session.packageVersion,
    commit: checkout.commit,
    machine: surroundings.machine,
    reference: checkout.reference,
    jobUrl: surroundings.jobUrl,
    scenarios,
  };
};

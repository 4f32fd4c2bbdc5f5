import { z } from 'zod';

/**
 * Version of the record's layout; from the first release on it grows with every change a reader could notice, and
 * `migrations` grows with it.
 */
export const historyRecordVersion = 1;

// Records come from a branch that others write to: every text and list has an end.
const text = z.string().max(2_000);
const name = z.string().min(1).max(200);
const instant = z.iso.datetime();
const count = z.int().nonnegative();
const figure = z.number();
const sha = z.string().regex(/^[0-9a-f]{7,64}$/u);

const listOf = <Item extends z.ZodType>(item: Item, maximum: number): z.ZodReadonly<z.ZodArray<Item>> =>
  z.array(item).max(maximum).readonly();

/** Percentiles and moments of a distribution, in the metric's unit; null where there was no data. */
const quantiles = {
  mean: figure.nullable(),
  min: figure.nullable(),
  p50: figure.nullable(),
  p90: figure.nullable(),
  p95: figure.nullable(),
  p99: figure.nullable(),
  max: figure.nullable(),
};

/** Where the true value lies: low and high in the same unit as the estimate, `confidence` 0–1. */
const interval = z.object({ low: figure, high: figure, confidence: figure.min(0).max(1) });

/** The same, of what was judged: null where there were too few samples for a bound. */
const bounds = interval.extend({ low: figure.nullable(), high: figure.nullable() });

const promise = z.object({
  aggregation: name,
  comparison: name,
  limit: figure,
  observed: figure.nullable(),
  samples: count,
  outcome: z.enum(['met', 'broken', 'inconclusive']),
  interval: bounds.nullable(),
  /** Length of the sliding windows that it had to hold in each; null where it is about the run as a whole. */
  windowMs: figure.nullable(),
});

const measured = {
  name,
  unit: name,
  /** False where the generator could not measure this metric truly. */
  isTrue: z.boolean(),
  promises: listOf(promise, 100),
};

const scenarioMetric = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trend'), ...measured, count, ...quantiles }),
  z.object({ kind: z.literal('rate'), ...measured, hits: count, total: count }),
  z.object({ kind: z.literal('counter'), ...measured, count, connections: count }),
  z.object({ kind: z.literal('gauge'), ...measured, value: figure.nullable(), readings: count }),
]);

const scenario = z.object({
  name,
  /** The promise in words. */
  title: text,
  /** Which of the scenario's judged loads, from 1. */
  load: count,
  /** Fingerprint of load and target: only runs that share it can be compared. */
  setupId: name,
  outcome: z.enum(['met', 'broken', 'inconclusive', 'unjudged']),
  /** False where the generator could not measure truly, or the run was stopped. */
  isConclusive: z.boolean(),
  /** The load was ended before its time, because a promise could not be kept any more. */
  wasEndedEarly: z.boolean(),
  metrics: listOf(scenarioMetric, 500),
});

const side = z.object({ count, ...quantiles });

const comparedMetric = z.object({
  name,
  /** As reports write it: `connect p50`. */
  title: text,
  unit: name,
  better: z.enum(['lower', 'higher']),
  isGated: z.boolean(),
  /** Each block's value of both sides, in order. */
  blocks: listOf(z.object({ base: figure.nullable(), head: figure.nullable() }), 1_000),
  /** All operations of a side taken together; null where the metric has no distribution. */
  base: side.nullable(),
  head: side.nullable(),
  /** By how much head is worse, as ln(head / base) with the sign turned where higher is better (Hodges–Lehmann). */
  estimate: figure.nullable(),
  /** Of the estimate. */
  interval: interval.nullable(),
  /** Null where the metric was only reported. */
  verdict: z.enum(['pass', 'fail', 'inconclusive']).nullable(),
});

const shared = {
  schema: z.literal('ws-perf-gate/history'),
  version: z.literal(historyRecordVersion),
  runId: z
    .string()
    .regex(/^[\w.]+(?:-[\w.]+)*$/u)
    .max(100),
  /** Counts the retries of a CI job, from 1. */
  attempt: z.int().positive(),
  startedAt: instant,
  finishedAt: instant,
  /** The project's folder inside the repository, `.` at its top. */
  project: text,
  packageVersion: name,
  commit: z.object({
    sha,
    /** Null for the first commit, and where a shallow clone does not tell. */
    parent: sha.nullable(),
    committedAt: instant,
    /** Null on a detached HEAD. */
    branch: text.nullable(),
    /** The work tree had changes that the commit does not hold. */
    isDirty: z.boolean(),
  }),
  machine: z.object({
    cpuModel: text,
    cores: count,
    platform: name,
    node: name,
    /** SHA-256 of the project's lockfile, its first 16 hex digits; null without one. */
    lockfileHash: name.nullable(),
    /** Machines that share it can be compared: `github-hosted ubuntu24 X64`, or PERF_RUNNER_CLASS. */
    runnerClass: name,
  }),
  /** What the history is measured against: the newest tag `perf-reference-*`, or of those that package.json names; null where there is none. */
  reference: z.object({ id: name, sha }).nullable(),
  /** The CI job's page. */
  jobUrl: z
    .url({ protocol: /^https?$/u })
    .max(2_000)
    .nullable(),
};

/** One file of the history, as it is checked on writing and on reading. */
export const historyRecordSchema = z.discriminatedUnion('kind', [
  z.object({ ...shared, kind: z.literal('scenarios'), scenarios: listOf(scenario, 500) }),
  z.object({
    ...shared,
    kind: z.literal('comparison'),
    base: z.object({
      sha,
      /** `reference` records carry the long trend, `parent` ones localise; `self` ones say how often the gate errs. */
      role: z.enum(['reference', 'parent', 'self', 'other']),
    }),
    /** The first commit after a step of the history, where this comparison was made to confirm one. */
    confirms: sha.nullable(),
    seed: name,
    verdict: z.enum(['pass', 'fail', 'inconclusive']),
    metrics: listOf(comparedMetric, 500),
  }),
]);

/** What is kept of one run, for good: absolute figures of scenarios, or a paired comparison. */
export type HistoryRecord = z.infer<typeof historyRecordSchema>;
/** A run of scenarios in the history. */
export type ScenariosRecord = Extract<HistoryRecord, { kind: 'scenarios' }>;
/** A paired comparison in the history. */
export type ComparisonRecord = Extract<HistoryRecord, { kind: 'comparison' }>;
/** One scenario's judged load in the history. */
export type ScenarioEntry = ScenariosRecord['scenarios'][number];
/** One metric of a scenario's load in the history. */
export type ScenarioMetric = ScenarioEntry['metrics'][number];
/** One metric of a paired comparison in the history. */
export type ComparedMetric = ComparisonRecord['metrics'][number];

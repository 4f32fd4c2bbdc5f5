import {
  historyRecordVersion,
  type ComparisonRecord,
  type HistoryRecord,
  type ScenarioMetric,
  type ScenariosRecord,
} from '../history-record.ts';

/** What a made-up record differs in. */
export interface MadeUpRecord {
  /** Which commit and run, from 0: one a day. */
  readonly index?: number;
  readonly startedAt?: string;
  readonly runnerClass?: string;
  readonly referenceId?: string;
  readonly referenceSha?: string;
}

/** A commit's id that never was. */
export const madeUpSha = (index: number): string => index.toString(16).padStart(8, '0').repeat(5);

const firstDayMs = Date.UTC(2026, 0, 1, 12);
const dayMs = 86_400_000;

const shared = (run: MadeUpRecord): Omit<HistoryRecord, 'kind'> => {
  const index = run.index ?? 0;
  const startedAt = run.startedAt ?? new Date(firstDayMs + index * dayMs).toISOString();
  return {
    schema: 'ws-perf-gate/history',
    version: historyRecordVersion,
    runId: `20260101T120000Z-${String(index).padStart(6, '0')}`,
    attempt: 1,
    startedAt,
    finishedAt: startedAt,
    project: '.',
    packageVersion: '0.1.0',
    commit: {
      sha: madeUpSha(index + 1),
      parent: madeUpSha(index),
      committedAt: startedAt,
      branch: 'main',
      isDirty: false,
    },
    machine: {
      cpuModel: 'made up',
      cores: 2,
      platform: 'linux x64',
      node: 'v24.21.0',
      lockfileHash: '0123456789abcdef',
      runnerClass: run.runnerClass ?? 'made up',
    },
    reference: { id: run.referenceId ?? 'perf-reference-1', sha: run.referenceSha ?? madeUpSha(0) },
    jobUrl: null,
  };
};

const connectTimeOf = (p50: number): ScenarioMetric => ({
  kind: 'trend',
  name: 'connectTime',
  unit: 'ms',
  isTrue: true,
  promises: [
    {
      aggregation: 'mean',
      comparison: 'below',
      limit: 500,
      observed: p50,
      samples: 20,
      outcome: p50 < 500 ? 'met' : 'broken',
      interval: null,
      windowMs: null,
    },
  ],
  count: 20,
  mean: p50,
  min: p50,
  p50,
  p90: p50,
  p95: p50,
  p99: p50,
  max: p50,
});

/** A run of scenarios that never was, with this median connect time in ms. */
export const makeScenariosRecord = (run: MadeUpRecord = {}, p50 = 5): ScenariosRecord => ({
  ...shared(run),
  kind: 'scenarios',
  scenarios: [
    {
      name: 'basic',
      title: 'clients connect',
      load: 1,
      setupId: 'abc',
      outcome: p50 < 500 ? 'met' : 'broken',
      isConclusive: true,
      wasEndedEarly: false,
      metrics: [
        connectTimeOf(p50),
        {
          kind: 'rate',
          name: 'connectSuccess',
          unit: 'ratio',
          isTrue: true,
          promises: [],
          hits: 20,
          total: 20,
        },
      ],
    },
  ],
});

/** A paired comparison that never was, with this log-ratio of the median connect time. */
export const makeComparisonRecord = (
  run: MadeUpRecord & {
    readonly role?: ComparisonRecord['base']['role'];
    readonly confirms?: string;
    /** What it was compared with, where that is not the reference. */
    readonly baseSha?: string;
  } = {},
  estimate = 0,
): ComparisonRecord => {
  const side = { count: 600, mean: 1, min: 1, p50: 1, p90: 1, p95: 1, p99: 1, max: 1 };
  const verdict = estimate > 0.05 ? 'fail' : 'pass';
  return {
    ...shared(run),
    kind: 'comparison',
    base: { sha: run.baseSha ?? run.referenceSha ?? madeUpSha(0), role: run.role ?? 'reference' },
    confirms: run.confirms ?? null,
    seed: '42',
    verdict,
    metrics: [
      {
        name: 'connect',
        title: 'connect p50',
        unit: 'ms',
        better: 'lower',
        isGated: true,
        blocks: Array.from({ length: 12 }, () => ({ base: 1, head: Math.exp(estimate) })),
        base: side,
        head: side,
        estimate,
        interval: { low: estimate - 0.02, high: estimate + 0.02, confidence: 0.98 },
        verdict,
      },
    ],
  };
};

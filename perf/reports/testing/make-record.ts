import { Distribution } from '../../harness/metrics/distribution.ts';
import { fingerprintOf } from '../../harness/record/fingerprint.ts';
import {
  runRecordVersion,
  type RunCounts,
  type RunRecord,
  type TargetRecord,
} from '../../harness/record/run-record.ts';
import type { ScenarioResult, SessionResult } from '../session-result.ts';

/** A connect time's distribution with exactly these figures, in ms. */
const connectTimeOf = (figures: {
  readonly mean: number;
  readonly p50: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}): RunRecord['metrics'] => ({
  connectTime: {
    ...new Distribution().samples(),
    ...figures,
    p90: figures.max,
    p95: figures.max,
    p99: figures.max,
  },
});

/** What a made-up run differs in. */
export interface MadeUpRun extends Partial<Omit<RunRecord, 'counts'>> {
  readonly successful?: number;
  readonly failed?: number;
  readonly messages?: number;
  /** Average, median, minimum and maximum in ms. */
  readonly connectTimeMs?: readonly [number, number, number, number];
}

/** A record of a run that never was, for tests of reports. */
export const makeRecord = (run: MadeUpRun = {}): RunRecord => {
  const { successful = 20, failed = 0, messages = 40, connectTimeMs, ...rest } = run;
  const [mean, p50, min, max] = connectTimeMs ?? [10, 9, 5, 20];
  const attempted = successful + failed;
  const counts: RunCounts = {
    planned: attempted,
    attempted,
    successful,
    failed,
    notStarted: 0,
    ready: successful,
    stable: successful,
    messagesReceived: messages,
  };
  const machine = {
    node: 'v24',
    platform: 'linux',
    cpuModel: 'made up',
    cores: 2,
    memoryBytes: 1,
    packageVersion: '0',
    commit: null,
  };
  const target: TargetRecord = {
    kind: 'process',
    label: 'process',
    url: 'ws://127.0.0.1:1/ws',
    path: 'loopback',
    instances: 1,
    offersCompression: false,
    notices: [],
  };
  return {
    schema: 'ws-perf-gate/run',
    version: runRecordVersion,
    runId: 'session-basic-1',
    sessionId: 'session',
    startedAt: '2026-11-22T20:00:00.000Z',
    finishedAt: '2026-11-22T20:00:05.000Z',
    firstDialAt: '2026-11-22T20:00:00.001Z',
    scenario: { name: 'basic', title: 'clients connect', file: 'perf/basic.perf.ts' },
    target,
    machine,
    fingerprint: fingerprintOf({ machine, target, agents: 1 }),
    profile: {
      arrivals: { kind: 'ramp', connections: attempted, delayMs: 100 },
      holdMs: 2_000,
      whileOpen: { kind: 'listen' },
    },
    counts,
    failures: [],
    metrics: successful === 0 ? {} : connectTimeOf({ mean, p50, min, max, count: successful }),
    verdicts: [],
    outcome: 'met',
    grade: { word: 'good', indicators: [] },
    validity: { conclusive: true, checks: [] },
    server: { samples: [], statisticsBefore: null, statisticsAfter: null, differences: null },
    agents: { count: 1, why: 'auto', sourceAddresses: [], selfReports: [] },
    publisherClock: null,
    quotesNotJudged: 0,
    timeline: [],
    warmUp: null,
    slots: { slotMs: 1_000, fromMs: 0, untilMs: 0, metrics: {} },
    capacity: null,
    interrupted: null,
    endedEarly: null,
    judgedBy: 'observed',
    attemptsFile: null,
    ...rest,
  };
};

/** A scenario's result that never was. */
export const makeScenario = (scenario: Partial<ScenarioResult> = {}): ScenarioResult => ({
  name: 'basic',
  title: 'clients connect',
  file: 'perf/basic.perf.ts',
  outcome: 'met',
  reason: null,
  errors: [],
  records: [makeRecord()],
  recordFiles: [],
  durationMs: 4_200,
  ...scenario,
});

/** A session's result that never was. */
export const makeSession = (session: Partial<SessionResult> = {}): SessionResult => ({
  sessionId: 'session',
  startedAt: '2026-11-22T20:00:00.000Z',
  finishedAt: '2026-11-22T20:01:00.000Z',
  startUpMs: 1_200,
  target: { label: 'process (reference server)', notices: [] },
  scenarios: [makeScenario()],
  faults: [],
  interrupted: false,
  ...session,
});

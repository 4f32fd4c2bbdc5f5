import { makeRecord } from '../../../reports/testing/make-record.ts';
import { pingEvery, pingLoop, subscribeTo } from '../../load/behaviour.ts';
import { burst } from '../../load/burst.ts';
import { conversation, expectMessage, pause, repeat, send } from '../../load/conversation.ts';
import { constantArrivalRate, ramp } from '../../load/profile.ts';
import { rampingArrivalRate } from '../../load/ramping-arrival-rate.ts';
import { reconnectStorm } from '../../load/reconnect-storm.ts';
import type { SelfReport, StretchReport } from '../../load/self-watch.ts';
import { exponentialLife, soak, uniformLife } from '../../load/soak.ts';
import { spike } from '../../load/spike.ts';
import { steps } from '../../load/steps.ts';
import { withSlowReaders } from '../../load/with-slow-readers.ts';
import { connectTime } from '../../metrics/catalogue.ts';
import { below } from '../../thresholds/threshold.ts';
import type { AttemptLine } from '../attempt-line.ts';
import type { RunRecord } from '../run-record.ts';

const script = conversation(
  send('hello'),
  expectMessage({ type: 'welcome', of: [1, null, true] }),
  repeat(2, expectMessage('text'), expectMessage(/^pattern/u), pause(0.1)),
);

const profiles = [
  ramp({ connections: 2, delaySeconds: 0.1, whileOpen: script }),
  burst({ connections: 2, whileOpen: pingEvery({ everySeconds: 1, via: 'frame' }) }),
  constantArrivalRate({ attemptsPerSecond: 1.5, durationSeconds: 2, whileOpen: pingLoop() }),
  rampingArrivalRate({ stages: [{ attemptsPerSecond: 1, durationSeconds: 2 }], whileOpen: subscribeTo('A') }),
  steps({ connectionsPerStep: 1, steps: 2, stepSeconds: 1 }),
  spike({ baseConnections: 1, spikeConnections: 2, beforeSeconds: 1, spikeSeconds: 1, afterSeconds: 1 }),
  soak({ connections: 1, durationSeconds: 9, life: exponentialLife({ meanSeconds: 1 }) }),
  soak({ connections: 1, durationSeconds: 9, life: uniformLife({ minimumSeconds: 1, maximumSeconds: 2 }) }),
  reconnectStorm({ connections: 1, cutAfterSeconds: 1 }),
  withSlowReaders(ramp({ connections: 2, delaySeconds: 0 }), {
    oneIn: 2,
    stopAfterSeconds: 1,
    forSeconds: 2,
  }),
];

const stretch: StretchReport = {
  durationMs: 1.5,
  cpuRatio: 0.1,
  machineWaitRatio: null,
  machineBusyRatio: 0.5,
  stealRatio: null,
  gc: { count: 1, longestMs: 0.5, totalMs: 0.5 },
};
const turns = {
  startsPerTurn: { min: 1, median: 1.5, max: 2 },
  turnMs: null,
};
const selfReport: SelfReport = {
  opening: {
    ...stretch,
    wait: { meanMs: 0.1, p95Ms: 0.2, p99Ms: 0.3, maxMs: 0.4 },
    coreWait: { ratio: 0.01 },
  },
  hold: stretch,
  waitWhileOpen: null,
  firstStartLagMs: null,
  pacing: {
    ...turns,
    started: 2,
    dueTogether: 0,
    plannedPerSecond: 10,
    achievedPerSecond: null,
    retries: { ...turns, started: 1 },
  },
  headroom: { mostOpen: 2, openFilesRatio: 0.01, localPorts: null },
  left: { openFiles: -1, liveBytes: 700 },
};

const statistics = {
  total_connections: 1,
  current_connections: 1,
  max_concurrent_connections: 1,
  connection_times: [0.1],
  failed_connections: 0,
  last_connection_time: null,
  avg_connection_time: 0.1,
  min_connection_time: 0.1,
  max_connection_time: 0.1,
  success_rate: 100,
  timestamp: 1.5,
};

const threshold = below(connectTime, 'p95', 500);
const windows = { lengthMs: 5_000, minimumSamples: 10, judged: 2, broken: 1, leftOut: 0 };

const full: Partial<RunRecord> = {
  failures: [{ reason: 'dropped', status: null, closeCode: 1001, detail: 'gone', count: 2 }],
  verdicts: [
    { threshold, samples: 20, outcome: 'met', observed: 20, interval: { lower: 1, upper: null } },
    {
      threshold: { ...threshold, window: { lengthMs: 5_000, stepMs: 1_000, minimumSamples: 10 } },
      samples: 20,
      outcome: 'broken',
      observed: 600,
      reason: 'too many are too slow',
      windows: { ...windows, worst: { fromMs: 0, untilMs: 5_000, observed: 600, samples: 12 } },
    },
    {
      threshold,
      samples: 0,
      outcome: 'inconclusive',
      observed: null,
      reason: 'none',
      windows: { ...windows, worst: null },
    },
  ],
  outcome: 'broken',
  grade: { word: 'poor', indicators: [{ name: 'Connection Time', text: 'average 2 s', grade: 'poor' }] },
  validity: {
    conclusive: false,
    checks: [
      { name: 'start lag', unit: 'ms', observed: null, limit: 5, passed: true, reason: 'a', remedy: 'b' },
      {
        name: 'gc',
        unit: 'ratio',
        observed: 0.5,
        limit: null,
        passed: false,
        concerns: ['connectTime'],
        reason: 'a',
        remedy: 'b',
      },
    ],
  },
  server: {
    samples: [{ atMs: 1, cpuMs: null, memoryBytes: 5, currentConnections: 1 }],
    statisticsBefore: null,
    statisticsAfter: statistics,
    differences: ['one more'],
  },
  agents: { count: 2, why: 'asked', sourceAddresses: ['127.0.0.2'], selfReports: [selfReport] },
  publisherClock: {
    kind: 'estimated',
    offsetMs: -1.5,
    uncertaintyMs: 0.5,
    roundTripMs: 1,
    exchanges: 5,
    driftMs: null,
  },
  timeline: [{ atMs: 250, started: 2, open: 1, failed: 1, failedAfterOpening: 0, messages: 3 }],
  warmUp: { untilMs: 1_000, attempts: 1, pings: 1, messages: 1 },
  slots: {
    slotMs: 1_000,
    fromMs: 0,
    untilMs: 2_000,
    metrics: {
      connectTime: {
        kind: 'trend',
        unit: 'ms',
        slots: [{ slot: 0, count: 1, sumMs: 1.5, minMs: 1.5, maxMs: 1.5, histogram: 'AA==' }],
      },
      connectSuccess: { kind: 'rate', slots: [{ slot: 1, hits: 1, total: 2 }] },
      messagesReceived: { kind: 'counter', slots: [{ slot: 1, count: 1, connections: 2 }] },
    },
  },
  capacity: {
    highestGood: null,
    limitedByTest: false,
    levels: [
      {
        connections: 10,
        outcome: 'broken',
        counts: makeRecord().counts,
        meanConnectTimeMs: null,
        verdicts: [],
      },
    ],
  },
  scenarioEnding: {
    outcome: 'failed',
    reason: null,
    errors: [
      { message: 'expected 1 to be 2', line: 7 },
      { message: 'thrown', line: null },
    ],
    durationMs: 1_234.5,
  },
  interrupted: 'by the user',
  endedEarly: { atMs: 1, savedMs: 2, promise: 'p', reason: 'r' },
  judgedBy: 'interval',
  attemptsFile: 'session-basic-1.attempts.ndjson',
};

const ownMetrics: RunRecord['metrics'] = {
  ...makeRecord().metrics,
  connectSuccess: { kind: 'rate', hits: 1, total: 2 },
  messagesReceived: { kind: 'counter', count: 3, connections: 1 },
  capacity: { kind: 'gauge', unit: 'connections', value: null, readings: 0 },
};

/** Records that hold, between them, everything that a record can hold. */
export const everyRecord: readonly RunRecord[] = [
  makeRecord({ ...full, metrics: ownMetrics }),
  makeRecord({ publisherClock: { kind: 'shared', reason: 'one', offsetMs: 0, uncertaintyMs: 0.1 } }),
  makeRecord({ publisherClock: { kind: 'unknown', reason: 'no endpoint' } }),
  ...profiles.map((profile) => makeRecord({ profile })),
];

const failure = { reason: 'http-status', status: 500, closeCode: null, detail: 'no' } as const;
const opened: AttemptLine = {
  index: 0,
  dueAtMs: 0,
  outcome: 'opened',
  startedAtMs: 1.25,
  dnsResolvedAtMs: null,
  tcpConnectedAtMs: 2.25,
  tlsDoneAtMs: null,
  openedAtMs: 11.25,
  firstMessageAtMs: null,
  readyAtMs: null,
  closedAtMs: 111.25,
  messagesReceived: 2,
  bytesReceived: 300,
  failure: { reason: 'dropped', status: null, closeCode: 1001, detail: null },
  stable: false,
};

/** Attempts that hold, between them, everything that a line of an attempts file can hold. */
export const everyAttempt: readonly AttemptLine[] = [
  { ...opened, wasCut: true, conversation: { state: 'completed' } },
  { ...opened, failure: null, stable: true, conversation: { state: 'unfinished', step: '3.1' } },
  {
    ...opened,
    conversation: {
      state: 'failed',
      step: '2',
      expected: 'text',
      detail: null,
      closeCode: null,
      lateMs: 1.5,
    },
  },
  { ...opened, slowReading: { state: 'never-stopped' } },
  { ...opened, slowReading: { state: 'undecided', stoppedAtMs: 20.5 } },
  { ...opened, slowReading: { state: 'closed', stoppedAtMs: 20.5, closeCode: 1013, unreadBytes: 0 } },
  {
    ...opened,
    slowReading: {
      state: 'caught-up',
      stoppedAtMs: 20.5,
      readAgainAtMs: 30,
      caughtUpAtMs: 31.5,
      unreadBytes: 7,
    },
  },
  { ...opened, slowReading: { state: 'behind', stoppedAtMs: 20.5, readAgainAtMs: 30 } },
  { index: 1, retry: 2, warmUp: true, dueAtMs: 1, outcome: 'failed', startedAtMs: 1, failedAtMs: 2, failure },
  { index: 2, level: 40, dueAtMs: 1, outcome: 'not-started' },
];

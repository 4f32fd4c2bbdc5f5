import { z } from 'zod';
import { failureSchema } from './attempt-line.ts';
import type { Immutable } from './immutable.ts';
import { loadProfileSchema } from './load-profile-schema.ts';
import { slotSummarySchema, summarySchema } from './samples-schema.ts';
import { count, figure, figureOrNull, instant } from './schema-parts.ts';
import { scenarioEndingSchema } from './scenario-ending-schema.ts';
import { selfReportSchema } from './self-report-schema.ts';
import { clockRecordSchema, serverRecordSchema } from './server-record-schema.ts';
import { gradeSchema, outcomeSchema, verdictSchema } from './verdict-schema.ts';

/** Version of the record's layout; from the first release on it grows with every change a reader could notice. */
export const runRecordVersion = 1;

const targetKind = z.enum(['containers', 'process', 'external']);
const targetPath = z
  .enum(['loopback', 'container-address', 'published-port', 'nginx', 'nginx-published-port', 'remote'])
  .describe('How the generator reached the server.');

const scenario = z.object({
  name: z.string().describe('The file’s name without .perf.ts.'),
  title: z.string().describe('The test’s title: the promise in words.'),
  file: z.string().describe('Relative to the project, with /.'),
});

const target = z.object({
  kind: targetKind,
  label: z.string(),
  url: z.string().describe('The endpoint without token or query.'),
  path: targetPath,
  instances: count.describe('How many of the server shared the load.'),
  notices: z.array(z.string()).describe('What was said loudly before the run.'),
  offersCompression: z.boolean().describe('permessage-deflate was offered.'),
});

const machine = z.object({
  node: z.string(),
  platform: z.string(),
  cpuModel: z.string(),
  cores: count,
  memoryBytes: count,
  packageVersion: z.string(),
  commit: z.string().nullable(),
});

const fingerprint = z
  .object({
    ...machine.pick({ node: true, platform: true, cpuModel: true, cores: true }).shape,
    targetKind,
    path: targetPath,
    instances: count,
    offersCompression: z.boolean(),
    agents: count.describe('Generator processes.'),
  })
  .describe('What the numbers depend on beside the server: only runs that share it can be compared.');

const agents = z.object({
  count,
  why: z.string().describe('Why so many.'),
  sourceAddresses: z
    .array(z.string())
    .describe('Addresses of this machine that the connections came from, where the system did not choose.'),
  selfReports: z.array(selfReportSchema).describe('What each saw of itself; the worst of them is judged.'),
});

const counts = z.object({
  planned: count,
  attempted: count,
  successful: count.describe('101 received and the socket open within the time-out.'),
  failed: count,
  notStarted: count,
  ready: count.describe('Successful, and received the expected initial messages.'),
  stable: count.describe('Stayed open from the opening to the end of the hold.'),
  messagesReceived: count,
});

const warmUp = z
  .object({
    untilMs: figure.describe('On the load’s clock.'),
    attempts: count.describe('Attempts that were due in it.'),
    pings: count,
    messages: count,
  })
  .describe(
    'What was driven and is not judged: in the counts, the failures and the attempts file, and in no metric but countDifferences.',
  );

const earlyEnd = z
  .object({
    atMs: figure.describe('When the load was over, since its start.'),
    savedMs: figure.describe('How much longer it would have taken, about.'),
    promise: z.string().describe('The promise that could not be kept any more, as verdicts name it.'),
    reason: z.string(),
  })
  .describe('Why and when the load was ended before its time.');

const failureCount = failureSchema
  .extend({ count })
  .describe('Failures that are alike, with one example of what the peer or the system said.');

const validityCheck = z.object({
  name: z.string(),
  unit: z.enum(['ms', 'ratio', 'count']),
  observed: figureOrNull.describe('Null where this system or this load gives no such reading.'),
  limit: figureOrNull.describe('Null for a figure that explains others and is not judged itself.'),
  passed: z.boolean(),
  concerns: z
    .array(z.string())
    .describe('Names of the metrics that alone are not true when it did not pass; absent: all of them.')
    .exactOptional(),
  reason: z.string().describe('What it does to the numbers.'),
  remedy: z.string().describe('What to do when it did not pass.'),
});

const validity = z
  .object({ conclusive: z.boolean(), checks: z.array(validityCheck) })
  .describe('Whether the generator and its machine let the numbers be true.');

const timelinePoint = z
  .object({
    atMs: figure,
    started: count,
    open: count,
    failed: count.describe('Attempts that never opened.'),
    failedAfterOpening: count.describe(
      'Of those that had opened: dropped, closed before they were ready, or left without their initial messages.',
    ),
    messages: count,
  })
  .describe(
    'What the generator had seen by atMs: all but open only grow. Taken four times a second, thinned to 1,200 points.',
  );

const capacityLevel = z.object({
  connections: count,
  outcome: outcomeSchema.describe('met: all promises held.'),
  counts,
  meanConnectTimeMs: figureOrNull,
  verdicts: z.array(verdictSchema),
});

const capacity = z.object({
  levels: z.array(capacityLevel),
  highestGood: count
    .nullable()
    .describe('The highest number of connections at which all promises held; null: not even the first.'),
  limitedByTest: z
    .boolean()
    .describe('The search ended at its maximum with everything held: the true capacity is at least this.'),
});

/**
 * Everything one run of one load profile gave, as it is checked on writing and on reading. Durations are ms; points in
 * time named `…AtMs` are ms since the start of the load.
 */
export const runRecordSchema = z.object({
  schema: z.literal('ws-perf-gate/run'),
  version: z.literal(runRecordVersion),
  runId: z.string(),
  sessionId: z.string().describe('All runs of one npm run perf share it.'),
  startedAt: instant,
  finishedAt: instant,
  firstDialAt: instant.nullable().describe('When the first attempt began; null when none did.'),
  scenario,
  scenarioEnding: scenarioEndingSchema
    .describe(
      'What became of the scenario, added to the records of all its runs when it is over; absent where the command ended before, and where Vitest ran it without the command.',
    )
    .exactOptional(),
  target,
  machine,
  fingerprint,
  profile: loadProfileSchema,
  counts,
  failures: z.array(failureCount),
  metrics: summarySchema,
  verdicts: z
    .array(verdictSchema)
    .describe(
      'Empty until the scenario has judged the run, and for runs that are only steps of another one.',
    ),
  outcome: outcomeSchema,
  grade: gradeSchema,
  validity,
  server: serverRecordSchema,
  agents,
  publisherClock: clockRecordSchema
    .nullable()
    .describe(
      'How the clock that the quotes’ publishedAt comes from stood to the generator’s; null where no quotes are expected.',
    ),
  quotesNotJudged: count.describe('Earlier quotes whose fan-out was let go to keep memory bounded.'),
  timeline: z.array(timelinePoint),
  warmUp: warmUp.nullable(),
  slots: slotSummarySchema.describe('The metrics that can be judged in windows, over time.'),
  capacity: capacity.nullable().describe('Present on the record of a capacity search.'),
  interrupted: z.string().nullable().describe('What ended the run early; what had been measured is kept.'),
  endedEarly: earlyEnd.nullable(),
  judgedBy: z
    .enum(['observed', 'interval'])
    .describe('Whether thresholds were held against observed values or their intervals.'),
  attemptsFile: z
    .string()
    .nullable()
    .describe(
      'The name of the file beside the record with one JSON line per attempt; null when there is none.',
    ),
});

/** Everything one run of one load profile gave: what reports, history and comparisons read. */
export type RunRecord = Immutable<z.infer<typeof runRecordSchema>>;
export type ScenarioRecord = Immutable<z.infer<typeof scenario>>;
/** What became of a scenario as a whole. */
export type ScenarioEnding = Immutable<z.infer<typeof scenarioEndingSchema>>;
export type TargetRecord = Immutable<z.infer<typeof target>>;
export type MachineRecord = Immutable<z.infer<typeof machine>>;
/** The generator processes of a run. */
export type AgentsRecord = Immutable<z.infer<typeof agents>>;
export type RunCounts = Immutable<z.infer<typeof counts>>;
/** What came before the judged part of a run. */
export type WarmUpRecord = Immutable<z.infer<typeof warmUp>>;
/** A promise that the load was given could not be kept any more, so the load was ended. */
export type EarlyEndRecord = Immutable<z.infer<typeof earlyEnd>>;
/** Failures that are alike, with one example of what the peer or the system said. */
export type FailureCount = Immutable<z.infer<typeof failureCount>>;
/** Whether the generator and its machine let the numbers be true. */
export type Validity = Immutable<z.infer<typeof validity>>;
export type ValidityCheck = Immutable<z.infer<typeof validityCheck>>;
/** What the server was seen doing during a load. */
export type ServerRecord = RunRecord['server'];
/** One reading of the server. */
export type ServerSample = ServerRecord['samples'][number];
/** What the latency of quotes stands on. */
export type ClockRecord = Immutable<z.infer<typeof clockRecordSchema>>;
/** The guide's `websocket-stats`, field by field; times in seconds. */
export type WebSocketStatistics = NonNullable<ServerRecord['statisticsBefore']>;
/** What the generator had seen by `atMs`. */
export type TimelinePoint = Immutable<z.infer<typeof timelinePoint>>;
export type CapacityRecord = Immutable<z.infer<typeof capacity>>;
export type CapacityLevel = Immutable<z.infer<typeof capacityLevel>>;

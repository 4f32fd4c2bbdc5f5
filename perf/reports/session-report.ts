import { z } from 'zod';
import type { Immutable } from '../harness/record/immutable.ts';
import type { VersionedLayout } from '../harness/record/parse-versioned.ts';
import { runRecordJsonSchema } from '../harness/record/run-record-json-schema.ts';
import { runRecordSchema } from '../harness/record/run-record.ts';
import { scenarioEndingSchema } from '../harness/record/scenario-ending-schema.ts';
import type { SessionResult } from './session-result.ts';

/** Version of the JSON report's layout; from the first release on it grows with every change a reader could notice. */
export const sessionReportVersion = 1;

const scenario = z.object({
  name: z.string().describe('The file’s name without .perf.ts.'),
  title: z.string().describe('The promise in words.'),
  file: z.string().describe('Relative to the project, with /.'),
  ...scenarioEndingSchema.shape,
  recordFiles: z.array(z.string()).describe('Where the runs’ records were written, in the order of runs.'),
  runs: z.array(runRecordSchema),
});

/** What `--json FILE` holds, as it is checked on writing and on reading. */
export const sessionReportSchema = z.object({
  schema: z.literal('ws-perf-gate/session'),
  version: z.literal(sessionReportVersion),
  sessionId: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  startUpMs: z
    .number()
    .nullable()
    .describe('From the start of the command’s process to the first dial; null when none was dialled.'),
  exitCode: z.int().nonnegative().describe('What the process ended with.'),
  summary: z.string().describe('The session in one sentence.'),
  interrupted: z.boolean().describe('Stopped by Ctrl-C or SIGTERM.'),
  target: z
    .object({ label: z.string(), notices: z.array(z.string()) })
    .nullable()
    .describe('Null when no target came up.'),
  faults: z.array(z.string()).describe('What went wrong outside of any scenario, one line each.'),
  scenarios: z.array(scenario),
});

/** What `--json FILE` holds: a session, and the records of all of its runs. */
export type SessionReport = Immutable<z.infer<typeof sessionReportSchema>>;

/** The layout of the JSON report. */
export const sessionReportLayout: VersionedLayout<SessionReport> = {
  name: 'ws-perf-gate/session',
  version: sessionReportVersion,
  schema: sessionReportSchema,
};

/**
 * The layout for other programs, as JSON Schema 2020-12; published as session-report.schema.json. Of the runs it names the
 * schema of a run's record, by its `$id`.
 */
export const sessionReportJsonSchema = (): Readonly<Record<string, unknown>> => ({
  $id: `urn:ws-perf-gate:session:${String(sessionReportVersion)}`,
  title: 'What npm run perf of ws-perf-gate gave',
  ...z.toJSONSchema(sessionReportSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== runRecordSchema) return;
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      Object.assign(jsonSchema, { $ref: runRecordJsonSchema()['$id'] });
    },
  }),
});

/** The session that a JSON report tells of. */
export const sessionOf = ({ scenarios, ...report }: SessionReport): SessionResult => ({
  ...report,
  scenarios: scenarios.map(({ runs, ...one }) => ({ ...one, records: runs })),
});

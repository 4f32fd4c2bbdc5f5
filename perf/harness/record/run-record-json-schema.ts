import { z } from 'zod';
import { attemptLineSchema } from './attempt-line.ts';
import { runRecordSchema, runRecordVersion } from './run-record.ts';

const jsonSchemaOf = (schema: z.ZodType, name: string, title: string): Readonly<Record<string, unknown>> => ({
  $id: `urn:ws-perf-gate:${name}:${String(runRecordVersion)}`,
  title,
  ...z.toJSONSchema(schema, { io: 'input' }),
});

/** The layout of a run's record for other programs, as JSON Schema 2020-12; published as run-record.schema.json. */
export const runRecordJsonSchema = (): Readonly<Record<string, unknown>> =>
  jsonSchemaOf(runRecordSchema, 'run', 'A run measured by ws-perf-gate');

/** The layout of one line of an attempts file, likewise; published as attempt-line.schema.json. */
export const attemptLineJsonSchema = (): Readonly<Record<string, unknown>> =>
  jsonSchemaOf(attemptLineSchema, 'attempt', 'One attempt of a run measured by ws-perf-gate');

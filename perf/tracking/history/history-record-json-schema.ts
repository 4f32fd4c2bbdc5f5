import { z } from 'zod';
import { historyRecordSchema, historyRecordVersion } from './history-record.ts';

/** The layout of the history's records for other programs, as JSON Schema 2020-12; published as history-record.schema.json. */
export const historyRecordJsonSchema = (): Readonly<Record<string, unknown>> => ({
  $id: `urn:ws-perf-gate:history:${String(historyRecordVersion)}`,
  title: 'A record of the performance history of ws-perf-gate',
  ...z.toJSONSchema(historyRecordSchema, { io: 'input' }),
});

import { z } from 'zod';
import { monitorSampleSchema, monitorSampleVersion } from './monitor-sample.ts';

/** The layout of a monitoring line for other programs, as JSON Schema 2020-12; published as monitor-sample.schema.json. */
export const monitorSampleJsonSchema = (): Readonly<Record<string, unknown>> => ({
  $id: `urn:ws-perf-gate:monitor:${String(monitorSampleVersion)}`,
  title: 'One line of what ws-perf-gate monitor writes',
  ...z.toJSONSchema(monitorSampleSchema, { io: 'input' }),
});

import { z } from 'zod';
import { count, figure, figureOrNull } from './schema-parts.ts';

/** The unit of a metric’s values; ratios are 0–1. */
export const unitSchema = z.enum(['ms', 'ratio', 'count', 'bytes', 'bytes/s', 'messages/s', 'connections']);

const histogram = z
  .string()
  .describe('HDR histogram of microseconds, compressed, base64 (V2 encoding of hdr-histogram-js).');

const rate = { hits: count, total: count };

/** The numbers of one metric; `kind` says which. */
const samples = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('trend'),
      unit: unitSchema,
      count,
      mean: figureOrNull,
      min: figureOrNull,
      p50: figureOrNull,
      p90: figureOrNull,
      p95: figureOrNull,
      p99: figureOrNull,
      max: figureOrNull,
      histogram,
    })
    .describe(
      'A distribution; percentiles are precise to 3 significant digits, all is null when count is 0.',
    ),
  z.object({ kind: z.literal('rate'), ...rate }).describe('A share of a total.'),
  z
    .object({ kind: z.literal('counter'), count, connections: count })
    .describe('A number of events, and of how many connections they come.'),
  z
    .object({ kind: z.literal('gauge'), unit: unitSchema, value: figureOrNull, readings: count })
    .describe('One value; null where it could not be taken.'),
]);

const slot = { slot: count };

const slotSamples = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('trend'),
    unit: unitSchema,
    slots: z.array(z.object({ ...slot, count, sumMs: figure, minMs: figure, maxMs: figure, histogram })),
  }),
  z.object({ kind: z.literal('rate'), slots: z.array(z.object({ ...slot, ...rate })) }),
  z.object({ kind: z.literal('counter'), slots: z.array(z.object({ ...slot, count, connections: count })) }),
]);

/** All metrics of a run by name; a metric that was not taken is absent. */
export const summarySchema = z.record(z.string(), samples);

/** The metrics of a run that can be judged in windows, by name, cut into slots. */
export const slotSummarySchema = z.object({
  slotMs: figure.describe('Slot n begins at n × slotMs.'),
  fromMs: figure.describe('What is judged begins, since the start of the load.'),
  untilMs: figure,
  metrics: z.record(z.string(), slotSamples),
});

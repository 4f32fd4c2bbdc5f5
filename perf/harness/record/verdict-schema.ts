import { z } from 'zod';
import { unitSchema } from './samples-schema.ts';
import { count, figure, figureOrNull } from './schema-parts.ts';

const metric = z.object({
  name: z.string(),
  kind: z.enum(['trend', 'rate', 'counter', 'gauge']),
  unit: unitSchema,
  title: z.string(),
  definition: z.string().describe('What exactly is taken, both ends of the interval included.'),
});

const threshold = z
  .object({
    metric,
    aggregation: z.enum([
      'mean',
      'min',
      'p50',
      'p90',
      'p95',
      'p99',
      'max',
      'ratio',
      'count',
      'perConnection',
      'value',
    ]),
    comparison: z.enum(['below', 'at-most', 'above', 'at-least']),
    limit: figure,
    window: z
      .object({ lengthMs: figure, stepMs: figure, minimumSamples: count })
      .nullable()
      .describe('The limit holds in every such window; null: it is about the run as a whole.'),
  })
  .describe('A limit on one aggregation of one metric, in the metric’s unit.');

const windows = z
  .object({
    lengthMs: figure,
    minimumSamples: count,
    judged: count,
    broken: count,
    leftOut: count,
    worst: z.object({ fromMs: figure, untilMs: figure, observed: figure, samples: count }).nullable(),
  })
  .describe('What the sliding windows showed.');

const judged = {
  threshold,
  samples: count.describe('How many observations the value comes from.'),
  windows: windows.exactOptional(),
  interval: z
    .object({ lower: figureOrNull, upper: figureOrNull })
    .describe('Where the true value lies with 95 % confidence; null where there were too few samples.')
    .exactOptional(),
};

/** The answer to one threshold. */
export const verdictSchema = z.discriminatedUnion('outcome', [
  z.object({ ...judged, outcome: z.literal('met'), observed: figure }),
  z.object({
    ...judged,
    outcome: z.literal('broken'),
    observed: figure,
    reason: z
      .string()
      .describe('Why it could not be met any more when the load was ended early.')
      .exactOptional(),
  }),
  z.object({
    ...judged,
    outcome: z.literal('inconclusive'),
    observed: figureOrNull,
    reason: z.string(),
  }),
]);

/** The answer to all thresholds of a run. */
export const outcomeSchema = z.enum(['met', 'broken', 'inconclusive', 'unjudged']);

/** The guide's judgement of a run, with the indicators that it was judged by. */
export const gradeSchema = z.object({
  word: z.enum(['good', 'warning', 'poor', 'not graded']),
  indicators: z.array(
    z.object({ name: z.string(), text: z.string(), grade: z.enum(['good', 'warning', 'poor']) }),
  ),
});

import { z } from 'zod';
import { figure } from './schema-parts.ts';

/** What became of a scenario as a whole, whose runs are only a part of it. */
export const scenarioEndingSchema = z.object({
  outcome: z
    .enum(['met', 'broken', 'inconclusive', 'failed', 'not-measured', 'skipped', 'stopped'])
    .describe(
      'met, broken, inconclusive: what its thresholds said together; failed: an ordinary error or assertion; not-measured: the harness or the target failed.',
    ),
  reason: z.string().nullable().describe('Why it was skipped or not run.'),
  errors: z
    .array(
      z.object({
        message: z.string(),
        line: z.int().positive().nullable().describe('The line of the scenario’s file that failed.'),
      }),
    )
    .describe('What made it fail: promises, plain assertions, and whatever else was thrown.'),
  durationMs: figure.describe('From the beginning of its test to its end, all of its runs included.'),
});

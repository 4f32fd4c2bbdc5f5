import { z } from 'zod';
import { count, figure, figureOrNull } from './schema-parts.ts';

const wait = z.object({ meanMs: figure, p95Ms: figure, p99Ms: figure, maxMs: figure }).nullable();

const stretch = z.object({
  durationMs: figure,
  cpuRatio: figure.describe('Processor time used, as a share of one core’s time.'),
  machineWaitRatio: figureOrNull.describe('The share of the time in which some task had no core.'),
  machineBusyRatio: figureOrNull.describe('The share of all cores’ time that was in use, by whomever.'),
  stealRatio: figureOrNull.describe('The share of all cores’ time that the host gave to other machines.'),
  gc: z.object({ count, longestMs: figure, totalMs: figure }),
});

const turns = {
  startsPerTurn: z.object({ min: figure, median: figure, max: figure }).nullable(),
  turnMs: z.object({ p50: figure, p99: figure, max: figure }).nullable(),
};

/** What a generator process saw of itself while it drove its share of a load. */
export const selfReportSchema = z.object({
  opening: stretch
    .extend({
      wait: wait.describe('How long an event waited until it was handled, while attempts were in flight.'),
      coreWait: z.object({ ratio: figure }).nullable().describe('How long it had no core meanwhile.'),
    })
    .describe('From the start to the last attempt’s outcome.'),
  hold: stretch.describe('From there to the end of the hold.'),
  waitWhileOpen: wait.describe('How long an event waited while connections were open.'),
  firstStartLagMs: figureOrNull,
  pacing: z.object({
    ...turns,
    started: count,
    dueTogether: count.describe('Starts that were due at the same moment as the one before.'),
    plannedPerSecond: figureOrNull,
    achievedPerSecond: figureOrNull,
    retries: z
      .object({ ...turns, started: count })
      .describe('Tries to come back after a cut.')
      .exactOptional(),
  }),
  headroom: z.object({
    mostOpen: count,
    openFilesRatio: figure,
    localPorts: count.nullable(),
  }),
  left: z
    .object({ openFiles: z.int().nullable(), liveBytes: z.int() })
    .describe('What it held with all connections closed, less what it held before the first.')
    .exactOptional(),
});

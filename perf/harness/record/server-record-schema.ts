import { z } from 'zod';
import { count, figure, figureOrNull } from './schema-parts.ts';

const sample = z
  .object({
    atMs: figure,
    cpuMs: figureOrNull.describe('Processor time used since the server started.'),
    memoryBytes: figureOrNull,
    currentConnections: figureOrNull.describe('As the monitoring endpoint says.'),
  })
  .describe(
    'One reading of the server, taken about once a second and thinned to 1,200; null where it could not be read.',
  );

const statistics = z
  .object({
    total_connections: figure,
    current_connections: figure,
    max_concurrent_connections: figure,
    connection_times: z.array(figure),
    failed_connections: figure,
    last_connection_time: figureOrNull,
    avg_connection_time: figure,
    min_connection_time: figure,
    max_connection_time: figure,
    success_rate: figure,
    timestamp: figure,
  })
  .describe('The guide’s websocket-stats, field by field; times in seconds.');

/** What the server was seen doing during a load. */
export const serverRecordSchema = z.object({
  samples: z.array(sample),
  statisticsBefore: statistics.nullable(),
  statisticsAfter: statistics.nullable(),
  differences: z
    .array(z.string())
    .nullable()
    .describe('Client’s and server’s counts that do not agree; null where they could not be compared.'),
});

/** What the latency of quotes stands on. */
export const clockRecordSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('shared'),
      reason: z.string(),
      offsetMs: z.literal(0),
      uncertaintyMs: figure.describe('How far the generator’s wall clock was moved during the load.'),
    })
    .describe('One machine, one clock.'),
  z
    .object({
      kind: z.literal('estimated'),
      offsetMs: figure.describe('How far the server’s clock is ahead of the generator’s.'),
      uncertaintyMs: figure.describe('The true offset was at most this far away, over the whole load.'),
      roundTripMs: figure.describe('Of the exchange that was taken, the shortest.'),
      exchanges: count,
      driftMs: figureOrNull.describe('How much the offset had changed after the load.'),
    })
    .describe('Taken from the monitoring endpoint’s timestamp before the load.'),
  z.object({ kind: z.literal('unknown'), reason: z.string() }).describe('No latency was taken.'),
]);

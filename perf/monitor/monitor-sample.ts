import { z } from 'zod';

/** Version of the layout of a monitoring line; a reader refuses a newer one. */
export const monitorSampleVersion = 1;

const count = z.int().min(0);
const milliseconds = z.number().min(0);

const probeSchema = z
  .discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('opened'),
      connectTimeMs: milliseconds.describe('From the start of the attempt to the open connection.'),
      firstMessageMs: milliseconds
        .nullable()
        .describe('From the opening to the first message; null: none came within 2 s, or none was expected.'),
    }),
    z.strictObject({
      outcome: z.literal('failed'),
      afterMs: milliseconds,
      reason: z.string().describe('One of the reasons of a failed attempt: refused, unauthorized, …'),
      detail: z.string().nullable(),
    }),
  ])
  .describe('One connection that the monitor opened and closed itself.');

const alertNames = [
  'connect-time',
  'failure-rate',
  'memory-growth',
  'circuit-open',
  'unreachable',
  'probe',
] as const;

/** What can be alerted of. */
export const alertName = z.enum(alertNames);

/** One line of `--output`: what was seen since the line before. */
export const monitorSampleSchema = z.strictObject({
  version: z.literal(monitorSampleVersion),
  at: z.iso.datetime().describe('When the server was asked, UTC.'),
  elapsedSeconds: z.number().min(0).describe('Since monitoring began, on a monotonic clock.'),
  server: z
    .enum(['up', 'unmonitored', 'away'])
    .describe(
      'up: the monitoring endpoints answered. unmonitored: it answers, they do not. away: no answer, or 5xx.',
    ),
  reason: z.string().nullable().describe('Why it is not up.'),
  restarted: z.boolean().describe('The process started after the look before.'),
  countersReset: z
    .boolean()
    .describe('The counters began anew since the look before; counts are those since then.'),
  open: count.nullable().describe('Connections open now.'),
  peak: count.nullable().describe('Most that were open at once since the counters began.'),
  totals: z
    .strictObject({ attempts: count, failed: count })
    .nullable()
    .describe('The server’s counters as they stand.'),
  interval: z
    .strictObject({
      seconds: z.number().min(0).describe('Since the counters were last read: longer after an outage.'),
      attempts: count,
      failed: count,
      attemptsPerSecond: z.number().min(0),
      failureRatio: z
        .number()
        .min(0)
        .max(1)
        .nullable()
        .describe('Failed of attempted; null without attempts.'),
      connectTimeMs: z
        .strictObject({ mean: milliseconds, max: milliseconds, samples: count })
        .nullable()
        .describe(
          'Of the connections opened in the interval, of at most as many as the server keeps times of.',
        ),
    })
    .nullable()
    .describe(
      'What the counters did; null at the first look, while the server is away, and without websocket-stats.',
    ),
  process: z
    .strictObject({
      memoryBytes: z.number().min(0).nullable(),
      memoryGrowthBytesPerSecond: z
        .number()
        .nullable()
        .describe('Theil–Sen slope over the window; null while less than half of it was seen.'),
      cpuRatio: z.number().min(0).nullable().describe('Processor time of the interval, in cores.'),
      eventLoopDelayP99Ms: milliseconds.nullable(),
      circuit: z
        .enum(['closed', 'half-open', 'open'])
        .nullable()
        .describe('The worst of the instances that answered lately.'),
    })
    .nullable()
    .describe('From /metrics, of the instance that answered; null where the server has none.'),
  probes: z.array(probeSchema).describe('Since the line before.'),
  changes: z
    .array(
      z.strictObject({
        alert: alertName,
        change: z.enum(['raised', 'cleared']),
        text: z.string(),
      }),
    )
    .describe('Alerts that this look raised or cleared.'),
  raised: z.array(alertName).describe('Alerts that stand after this look.'),
});

/** What a look at the server gave, before alerts are judged. */
export type MonitorLook = Omit<MonitorSample, 'changes' | 'raised'>;

/** A look at the server and what it means: one line of `--output`. */
export type MonitorSample = z.infer<typeof monitorSampleSchema>;

/** One connection of the monitor's own. */
export type ProbeResult = z.infer<typeof probeSchema>;

/** What can be alerted of. */
export type AlertName = z.infer<typeof alertName>;

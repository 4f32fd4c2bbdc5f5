import { z } from 'zod';

/** Version of the layout; from the first release on it grows with every change a reader could notice. */
export const comparisonVersion = 1;

const text = z.string().max(4_000);
const figure = z.number();

const side = z.object({
  label: text,
  /** The commit that the server was built from; null where it is none, or has changes that no commit holds. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/u)
    .nullable(),
  /**
   * Tells the server from others, whatever it is called: scrypt over what was asked for (the commit or the bundle, image, command or
   * address, with environment and path), salted with the session's id. In hex digits.
   */
  identity: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Operations over all blocks, and those that failed, by reason. */
  operations: z.int().nonnegative(),
  failures: z.record(z.string().max(100), z.int().nonnegative()),
  /** Messages of an operation before its ping's answer, those of a feed aside; null where none succeeded. */
  messages: z.object({ fewest: z.int().nonnegative(), most: z.int().nonnegative() }).nullable(),
});

/** All operations of a side taken together, in the metric's unit. */
const distribution = z.object({
  count: z.int().positive(),
  mean: figure,
  min: figure,
  p50: figure,
  p90: figure,
  p95: figure,
  p99: figure,
  max: figure,
});

const metric = z.object({
  name: text,
  title: text,
  unit: text,
  better: z.enum(['lower', 'higher']),
  isGated: z.boolean(),
  /** What each block gave, in the unit; null where it gave nothing. */
  base: z.array(figure.nullable()).max(1_000),
  head: z.array(figure.nullable()).max(1_000),
  /** Null where a block gives one value and no operation has its own, as of a cost. */
  distributions: z.object({ base: distribution.nullable(), head: distribution.nullable() }),
  outcome: z.enum(['pass', 'fail', 'inconclusive', 'no-data']),
  /** Hodges–Lehmann estimate of ln(head) − ln(base), positive where head is worse, with its bounds; null without data. */
  estimate: figure.nullable(),
  lower: figure.nullable(),
  upper: figure.nullable(),
  /** Two-sided, 0–1. */
  confidence: figure.nullable(),
  /** The verdict in words. */
  sentence: text,
});

/** A comparison of two servers, as it is written and as it is checked on reading. */
export const comparisonSchema = z.object({
  schema: z.literal('ws-perf-gate/comparison'),
  version: z.literal(comparisonVersion),
  sessionId: z
    .string()
    .regex(/^[\w-]+$/u)
    .max(100),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  seed: z.int().nonnegative(),
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  /** What the process ended with. */
  exitCode: z.int(),
  base: side,
  head: side,
  target: z.object({ kind: text, labels: z.object({ base: text, head: text }) }),
  machine: z.object({
    node: text,
    platform: text,
    cpuModel: text,
    cores: z.int(),
    memoryBytes: figure,
    packageVersion: text,
    commit: text.nullable(),
  }),
  /** False where the servers ran elsewhere: the verdict is weaker. */
  restartedServers: z.boolean(),
  notices: z.array(text).max(100),
  blocks: z.int().positive(),
  metrics: z.array(metric).max(100),
  /** Whether more operations fail on head than on base. */
  successRate: z.object({
    outcome: z.enum(['fail', 'not-shown']),
    /** Fisher's exact test, one-sided. */
    probability: figure,
    /** The largest drop, 0–1, that the counts leave possible. */
    largestDrop: figure,
    sentence: text,
  }),
  /** Whether head's connections receive another number of messages than base's. */
  messageCount: z.object({ outcome: z.enum(['pass', 'fail', 'varies']), sentence: text }),
  /** The failed comparison that this one was to confirm, by the parts that failed there; null when it was to confirm none. */
  confirms: z
    .object({ sessionId: text, seed: z.int(), failed: z.array(text).max(100), isConfirmed: z.boolean() })
    .nullable(),
  /** A failure that a confirmation on another machine is still to decide about: the exit code is 0 until then. */
  awaitsConfirmation: z.boolean(),
  /** Why a failure does not count: how often the gate failed a server against itself; null while it is trusted. */
  disarmed: z
    .object({ gates: z.int().nonnegative(), failures: z.int().nonnegative(), since: z.iso.datetime() })
    .nullable(),
  /** How to measure it again. */
  command: text,
});

/** A comparison of two servers: everything a report of it needs. */
export type Comparison = z.infer<typeof comparisonSchema>;

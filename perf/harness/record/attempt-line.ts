import { z } from 'zod';
import { failureReasons } from '../connection/failure.ts';
import type { Immutable } from './immutable.ts';
import { count, figure, figureOrNull } from './schema-parts.ts';

/** A failure: its reason with the HTTP status or the close code that came with it. */
export const failureSchema = z.object({
  reason: z.enum(failureReasons),
  status: z.int().nullable().describe('HTTP status of the answer.'),
  closeCode: z.int().nullable().describe('WebSocket close code (RFC 6455 §7.4).'),
  detail: z.string().nullable().describe('What the system or the peer said, shortened.'),
});

const conversation = z.discriminatedUnion('state', [
  z.object({ state: z.literal('completed') }),
  z.object({ state: z.literal('unfinished'), step: z.string() }),
  z.object({
    state: z.literal('failed'),
    step: z.string(),
    expected: z.string(),
    detail: z.string().nullable(),
    closeCode: z.int().nullable(),
    lateMs: figureOrNull,
  }),
]);

const stoppedAtMs = figure.describe('When it stopped reading.');
const readAgainAtMs = figure;
const unreadBytes = count.describe('Of the messages that it received once it read again.');

const slowReading = z.discriminatedUnion('state', [
  z.object({ state: z.literal('never-stopped') }),
  z.object({ state: z.literal('undecided'), stoppedAtMs }),
  z.object({ state: z.literal('closed'), stoppedAtMs, closeCode: z.int(), unreadBytes }),
  z.object({
    state: z.literal('caught-up'),
    stoppedAtMs,
    readAgainAtMs,
    caughtUpAtMs: figure.describe('When a ping that was sent as it read again was answered.'),
    unreadBytes,
  }),
  z.object({ state: z.literal('behind'), stoppedAtMs, readAgainAtMs }),
]);

const scheduled = {
  index: count.describe('Position in the plan, from 0.'),
  retry: count.describe('Which try to come back after a cut it is, from 1.').exactOptional(),
  dueAtMs: figure.describe('When the plan wanted it to start, since the start of the load.'),
  level: count.describe('The number of connections of its capacity level.').exactOptional(),
  warmUp: z.literal(true).describe('It was due in the warm-up, and is not judged.').exactOptional(),
};

/** One line of an attempts file: one try to open a connection, with its outcome. */
export const attemptLineSchema = z.discriminatedUnion('outcome', [
  z.object({
    ...scheduled,
    outcome: z.literal('opened'),
    startedAtMs: figure,
    dnsResolvedAtMs: figureOrNull,
    tcpConnectedAtMs: figureOrNull,
    tlsDoneAtMs: figureOrNull,
    openedAtMs: figure,
    firstMessageAtMs: figureOrNull,
    readyAtMs: figureOrNull,
    closedAtMs: figureOrNull,
    messagesReceived: count,
    bytesReceived: count,
    failure: failureSchema.nullable().describe('What went wrong after opening.'),
    stable: z.boolean(),
    wasCut: z.literal(true).describe('The plan itself cut the line.').exactOptional(),
    conversation: conversation.exactOptional(),
    slowReading: slowReading
      .describe('What became of a connection that was to stop reading for a while.')
      .exactOptional(),
  }),
  z.object({
    ...scheduled,
    outcome: z.literal('failed'),
    startedAtMs: figure,
    failedAtMs: figure,
    failure: failureSchema,
  }),
  z.object({ ...scheduled, outcome: z.literal('not-started') }),
]);

/** One line of an attempts file; a `ConnectionAttempt`, with its capacity level and whether it fell into the warm-up. */
export type AttemptLine = Immutable<z.infer<typeof attemptLineSchema>>;

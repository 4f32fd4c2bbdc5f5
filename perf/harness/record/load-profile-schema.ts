import { z } from 'zod';
import type { ConversationStep } from '../load/conversation.ts';
import { count, figure } from './schema-parts.ts';

const kind = <Kind extends string>(value: Kind): z.ZodLiteral<Kind> => z.literal(value);

const life = z.discriminatedUnion('kind', [
  z.object({ kind: kind('exponential'), meanMs: figure }),
  z.object({ kind: kind('uniform'), minimumMs: figure, maximumMs: figure }),
]);

const backoff = z
  .object({ baseMs: figure, capMs: figure, tries: count, withinMs: figure })
  .describe('How a client waits before each try to come back, and when it gives up.');

const stage = z.object({ attemptsPerSecond: figure, durationMs: figure });

const arrivals = z.discriminatedUnion('kind', [
  z.object({ kind: kind('ramp'), connections: count, delayMs: figure }),
  z.object({ kind: kind('burst'), connections: count, bursts: count, everyMs: figure }),
  z.object({ kind: kind('constant-arrival-rate'), ...stage.shape }),
  z.object({
    kind: kind('ramping-arrival-rate'),
    startAttemptsPerSecond: figure,
    stages: z.array(stage),
  }),
  z.object({ kind: kind('steps'), connectionsPerStep: count, steps: count, stepMs: figure, delayMs: figure }),
  z.object({
    kind: kind('spike'),
    baseConnections: count,
    delayMs: figure,
    spikeConnections: count,
    beforeMs: figure,
    spikeMs: figure,
    afterMs: figure,
  }),
  z.object({
    kind: kind('churn'),
    connections: count,
    delayMs: figure,
    durationMs: figure,
    life,
    seed: figure,
  }),
  z.object({
    kind: kind('returning'),
    connections: count,
    delayMs: figure,
    durationMs: figure,
    backoff,
    seed: figure,
  }),
  z.object({
    kind: kind('reconnect-storm'),
    connections: count,
    delayMs: figure,
    cutAfterMs: figure,
    backoff,
    seed: figure,
  }),
]);

const expectation = z.discriminatedUnion('kind', [
  z.object({ kind: kind('json'), subset: z.json() }),
  z.object({ kind: kind('text'), text: z.string() }),
  z.object({ kind: kind('pattern'), source: z.string(), flags: z.string() }),
]);

const step: z.ZodType<ConversationStep> = z.discriminatedUnion('kind', [
  z.object({ kind: kind('send'), text: z.string() }),
  z.object({ kind: kind('expect'), expectation, withinMs: figure }),
  z.object({ kind: kind('pause'), durationMs: figure }),
  z.object({
    kind: kind('repeat'),
    times: count,
    get steps() {
      return z.array(step);
    },
  }),
]);

const via = z.enum(['message', 'frame']);

const behaviour = z.discriminatedUnion('kind', [
  z.object({ kind: kind('listen') }),
  z.object({ kind: kind('ping'), everyMs: figure, via }),
  z.object({ kind: kind('ping-loop'), thinkMs: figure, via }),
  z.object({ kind: kind('subscribe'), symbols: z.array(z.string()) }),
  z.object({ kind: kind('conversation'), steps: z.array(step) }),
]);

const slowReaders = z
  .object({ oneIn: count, stopAtMs: figure, forMs: figure })
  .describe('One connection in so many stopped reading then, for so long.');

/** How connections were opened, how long they were held, and what they did meanwhile. */
export const loadProfileSchema = z.object({
  arrivals,
  holdMs: figure,
  whileOpen: behaviour,
  slowReaders: slowReaders.exactOptional(),
});

import { array, constant, double, integer, oneof, record, type Arbitrary } from 'fast-check';
import type { Arrivals, RateStage } from '../arrivals.ts';

const connections = integer({ min: 1, max: 200 });
const delayMs = double({ min: 0, max: 20, noNaN: true });
const ms = integer({ min: 0, max: 5_000 });
const rate = double({ min: 0, max: 200, noNaN: true });
const seed = integer({ min: 0, max: 2 ** 32 - 1 });

/** Stages of a rate, some of them without any attempt. */
export const rateStages: Arbitrary<RateStage[]> = array(
  record({ attemptsPerSecond: oneof(constant(0), rate), durationMs: ms }),
  { minLength: 1, maxLength: 6 },
);

const byKind: { readonly [Kind in Arrivals['kind']]: Arbitrary<Extract<Arrivals, { kind: Kind }>> } = {
  ramp: record({ kind: constant('ramp'), connections, delayMs }),
  burst: record({
    kind: constant('burst'),
    connections,
    bursts: integer({ min: 1, max: 5 }),
    everyMs: integer({ min: 1, max: 1_000 }),
  }),
  'constant-arrival-rate': record({
    kind: constant('constant-arrival-rate'),
    attemptsPerSecond: double({ min: 0.1, max: 500, noNaN: true }),
    durationMs: ms,
  }),
  returning: record({
    kind: constant('returning'),
    connections,
    delayMs,
    durationMs: integer({ min: 4_000, max: 8_000 }),
    backoff: record({ baseMs: ms, capMs: ms, tries: integer({ min: 1, max: 10 }), withinMs: ms }),
    seed,
  }),
  'ramping-arrival-rate': record({
    kind: constant('ramping-arrival-rate'),
    startAttemptsPerSecond: oneof(constant(0), rate),
    stages: rateStages,
  }),
  steps: record({
    kind: constant('steps'),
    connectionsPerStep: integer({ min: 1, max: 50 }),
    steps: integer({ min: 1, max: 5 }),
    stepMs: integer({ min: 1_000, max: 2_000 }),
    delayMs,
  }),
  spike: record({
    kind: constant('spike'),
    baseConnections: integer({ min: 0, max: 50 }),
    delayMs,
    spikeConnections: connections,
    beforeMs: integer({ min: 1_000, max: 2_000 }),
    spikeMs: ms,
    afterMs: ms,
  }),
  churn: record({
    kind: constant('churn'),
    connections: integer({ min: 1, max: 20 }),
    delayMs,
    durationMs: integer({ min: 400, max: 5_000 }),
    life: oneof(
      record({ kind: constant('exponential'), meanMs: integer({ min: 50, max: 2_000 }) }),
      record({
        kind: constant('uniform'),
        minimumMs: integer({ min: 10, max: 500 }),
        maximumMs: integer({ min: 500, max: 1_000 }),
      }),
    ),
    seed,
  }),
  'reconnect-storm': record({
    kind: constant('reconnect-storm'),
    connections,
    delayMs,
    cutAfterMs: ms,
    backoff: record({
      baseMs: ms,
      capMs: ms,
      tries: integer({ min: 1, max: 10 }),
      withinMs: ms,
    }),
    seed,
  }),
};

/** Arrivals of any kind, all of which can be driven. */
export const arrivalsOfAnyKind: Arbitrary<Arrivals> = oneof(...Object.values(byKind));

/** Arrivals of one kind. */
export const arrivalsOfKind = <Kind extends Arrivals['kind']>(
  kind: Kind,
): Arbitrary<Extract<Arrivals, { kind: Kind }>> => byKind[kind];

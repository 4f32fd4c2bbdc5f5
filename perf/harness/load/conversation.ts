import { msFromSeconds } from '../units.ts';
import type { Expectation, Json } from './expectation.ts';

/** One thing that a client does in a conversation; plain data. */
export type ConversationStep =
  | { readonly kind: 'send'; readonly text: string }
  /**
   * Waits for a message. It may have arrived since the last message was sent, or since the opening where none was;
   * what does not match is passed over.
   */
  | { readonly kind: 'expect'; readonly expectation: Expectation; readonly withinMs: number }
  | { readonly kind: 'pause'; readonly durationMs: number }
  | { readonly kind: 'repeat'; readonly times: number; readonly steps: readonly ConversationStep[] };

/** A conversation that each connection has once, from its opening on. */
export interface Conversation {
  readonly kind: 'conversation';
  readonly steps: readonly ConversationStep[];
}

/** How long an answer may take where the author does not say. */
const defaultWithinSeconds = 5;

/** Sends a message: text as it is, anything else as JSON. */
export const send = (message: Json): ConversationStep => ({
  kind: 'send',
  text: typeof message === 'string' ? message : JSON.stringify(message),
});

const expectationOf = (expected: Json | RegExp): Expectation => {
  if (expected instanceof RegExp) return { kind: 'pattern', source: expected.source, flags: expected.flags };
  if (typeof expected === 'string') return { kind: 'text', text: expected };
  return { kind: 'json', subset: expected };
};

/**
 * Waits for a message: text equal to a string, text that a regular expression finds something in, or JSON that has all
 * that is given. Its time runs from the last message sent since the expectation before, else from this step on.
 */
export const expectMessage = (
  expected: Json | RegExp,
  options: {
    /** Default 5 s. */
    readonly withinSeconds?: number;
  } = {},
): ConversationStep => ({
  kind: 'expect',
  expectation: expectationOf(expected),
  withinMs: msFromSeconds(options.withinSeconds ?? defaultWithinSeconds),
});

/** Does nothing for a while. */
export const pause = (seconds: number): ConversationStep => ({
  kind: 'pause',
  durationMs: msFromSeconds(seconds),
});

/** Goes through steps a number of times. */
export const repeat = (times: number, ...steps: readonly ConversationStep[]): ConversationStep => ({
  kind: 'repeat',
  times,
  steps,
});

/** Has every connection go through steps, one after another, once it is open; the first that fails ends it. */
export const conversation = (...steps: readonly ConversationStep[]): Conversation => ({
  kind: 'conversation',
  steps,
});

/** A step without repetition, with its place: `2`, or `3.1 (round 4 of 10)`. */
export interface PlacedStep {
  readonly place: string;
  readonly step: Exclude<ConversationStep, { kind: 'repeat' }>;
}

/** The steps in the order in which they are gone through. */
export function* walk(
  steps: readonly ConversationStep[],
  before = '',
  round = '',
): Generator<PlacedStep, void, undefined> {
  for (const [index, step] of steps.entries()) {
    const place = `${before}${String(index + 1)}`;
    if (step.kind !== 'repeat') {
      yield { place: `${place}${round}`, step };
      continue;
    }
    for (let count = 1; count <= step.times; count += 1) {
      yield* walk(step.steps, `${place}.`, `${round} (round ${String(count)} of ${String(step.times)})`);
    }
  }
}

/** The longest that one of the expectations may take, in ms; 0 without any. */
export const longestWithinMs = (steps: readonly ConversationStep[]): number =>
  steps.reduce((longest, step) => {
    if (step.kind === 'expect') return Math.max(longest, step.withinMs);
    return step.kind === 'repeat' ? Math.max(longest, longestWithinMs(step.steps)) : longest;
  }, 0);

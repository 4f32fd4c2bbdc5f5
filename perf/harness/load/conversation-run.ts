import type { ConversationOutcome } from '../connection/attempt.ts';
import type { Clock } from '../connection/clock.ts';
import { walk, type Conversation, type PlacedStep } from './conversation.ts';
import type { ConversationTally } from './conversation-tally.ts';
import { describeExpectation, testFor } from './expectation.ts';

/** As much of a message as is kept of one that was not expected. */
const keptCharacters = 200;
/** Steps at a stretch: after that, whatever else the process has to do comes first. */
const stepsAtAStretch = 64;

type Expected = Extract<PlacedStep['step'], { kind: 'expect' }>;

/** A step whose turn has not come; an expectation may be met before it. */
interface Coming extends PlacedStep {
  readonly isMatch: ((text: string) => boolean) | null;
  metAtMs: number | null;
}

const prepare = (placed: PlacedStep): Coming => ({
  ...placed,
  isMatch: placed.step.kind === 'expect' ? testFor(placed.step.expectation) : null,
  metAtMs: null,
});

const shorten = (text: string): string =>
  text.length <= keptCharacters ? text : `${text.slice(0, keptCharacters)}…`;

const describe = (step: PlacedStep['step']): string =>
  step.kind === 'expect'
    ? `${describeExpectation(step.expectation)} within ${String(step.withinMs)} ms`
    : 'the connection to stay open';

/** One connection's way through a conversation. */
export class ConversationRun {
  readonly #clock: Clock;
  readonly #tally: ConversationTally;
  readonly #send: (text: string) => void;
  readonly #steps: Iterator<PlacedStep, void>;
  /** Drawn from the conversation ahead of their turn, the one whose turn it is first. */
  readonly #coming: Coming[] = [];
  /** Null since the last expectation, or the opening. */
  #sentAtMs: number | null = null;
  /** From when on the expectation whose turn it is counts its time; null while none has its turn. */
  #waitsSinceMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #firstOther: string | null = null;
  #outcome: ConversationOutcome | null = null;
  #isOver = false;

  constructor(options: {
    readonly conversation: Conversation;
    readonly clock: Clock;
    readonly tally: ConversationTally;
    readonly send: (text: string) => void;
  }) {
    this.#clock = options.clock;
    this.#tally = options.tally;
    this.#send = options.send;
    this.#steps = walk(options.conversation.steps);
  }

  /** What has become of it so far. */
  get outcome(): ConversationOutcome {
    return this.#outcome ?? { state: 'unfinished', step: this.#step(0)?.place ?? '1' };
  }

  /** The connection is open. */
  start(): void {
    this.#advance();
  }

  /** A message has arrived; it may come before the start, in the same packet as the 101. */
  receive(data: Buffer): void {
    const nowMs = this.#clock();
    if (this.#outcome?.state === 'completed') return;
    const awaited = this.#awaited();
    if (awaited === null) return;
    const text = data.toString('utf8');
    if (awaited.isMatch?.(text) !== true) {
      // The first is the likeliest to be meant as the answer; a feed goes on with others.
      this.#firstOther ??= text;
      return;
    }
    awaited.metAtMs = nowMs;
    if (this.#outcome?.state === 'failed') this.#noteLateness(awaited, nowMs);
    else if (this.#waitsSinceMs !== null) this.#settle(awaited);
  }

  /** The connection is over: `closeCode` where the other side ended it, null where the plan did. */
  end(closeCode: number | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopTimer();
    const next = this.#step(0);
    if (this.#outcome === null && closeCode !== null && next !== null) this.#fail(next, { closeCode });
  }

  #step(position: number): Coming | null {
    while (this.#coming.length <= position) {
      const { done, value } = this.#steps.next();
      if (done === true) return null;
      this.#coming.push(prepare(value));
    }
    return this.#coming[position] ?? null;
  }

  /** The first expectation that is not met, up to the next message sent: what comes before that can not answer it. */
  #awaited(): Coming | null {
    for (let position = 0; ; position += 1) {
      const coming = this.#step(position);
      if (coming === null || coming.step.kind === 'send') return null;
      if (coming.step.kind === 'expect' && coming.metAtMs === null) return coming;
    }
  }

  #advance(): void {
    for (let taken = 0; taken < stepsAtAStretch; taken += 1) {
      if (this.#isOver || this.#outcome !== null) return;
      const next = this.#step(0);
      if (next === null) {
        this.#outcome = { state: 'completed' };
        this.#tally.completed(this.#clock());
        return;
      }
      if (!this.#take(next)) return;
    }
    this.#timer = setTimeout(() => {
      this.#advance();
    }, 0);
  }

  /** Does one step; false where it has to wait, and goes on by itself. */
  #take(next: Coming): boolean {
    const { step } = next;
    switch (step.kind) {
      case 'send':
        this.#coming.shift();
        this.#firstOther = null;
        this.#sentAtMs = this.#clock();
        this.#send(step.text);
        return true;
      case 'pause':
        this.#timer = setTimeout(() => {
          this.#coming.shift();
          this.#advance();
        }, step.durationMs);
        return false;
      case 'expect':
        this.#await(next, step);
        return false;
      default:
        return step satisfies never;
    }
  }

  #await(next: Coming, step: Expected): void {
    const nowMs = this.#clock();
    this.#waitsSinceMs = this.#sentAtMs ?? nowMs;
    if (next.metAtMs !== null) {
      this.#settle(next);
      return;
    }
    this.#timer = setTimeout(
      () => {
        this.#fail(next, {});
      },
      Math.max(0, this.#waitsSinceMs + step.withinMs - nowMs),
    );
  }

  /** The expectation whose turn it is has been met: in time, or not. */
  #settle(met: Coming): void {
    if (met.step.kind !== 'expect' || met.metAtMs === null) return;
    const stepTimeMs = Math.max(0, met.metAtMs - (this.#waitsSinceMs ?? met.metAtMs));
    this.#stopTimer();
    if (stepTimeMs > met.step.withinMs) {
      this.#fail(met, { lateMs: stepTimeMs - met.step.withinMs });
      return;
    }
    this.#tally.met(stepTimeMs, met.metAtMs);
    this.#waitsSinceMs = null;
    this.#sentAtMs = null;
    this.#firstOther = null;
    this.#coming.shift();
    this.#advance();
  }

  #fail(
    { place, step }: Coming,
    {
      closeCode = null,
      lateMs = null,
    }: { readonly closeCode?: number | null; readonly lateMs?: number | null },
  ): void {
    this.#stopTimer();
    this.#outcome = {
      state: 'failed',
      step: place,
      expected: describe(step),
      detail: this.#firstOther === null ? null : shorten(this.#firstOther),
      closeCode,
      lateMs,
    };
    this.#tally.failed(this.#clock());
  }

  /** What had failed by its time arrives after all. */
  #noteLateness({ step }: Coming, nowMs: number): void {
    if (this.#outcome?.state !== 'failed' || this.#outcome.lateMs !== null || step.kind !== 'expect') return;
    this.#outcome = { ...this.#outcome, lateMs: nowMs - (this.#waitsSinceMs ?? nowMs) - step.withinMs };
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

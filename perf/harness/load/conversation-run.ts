import type { ConversationOutcome } from '../connection/attempt.ts';
import type { Clock } from '../connection/clock.ts';
import { cutText } from '../record/cut-text.ts';
import { walk, type Conversation, type PlacedStep } from './conversation.ts';
import type { ConversationTally } from './conversation-tally.ts';
import { describeExpectation, testFor } from './expectation.ts';
import { Happening } from './happening.ts';

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
  #coming: Coming[] = [];
  /** So many of those that come are pauses or have been met: a message is held against what follows them. */
  #passed = 0;
  /** Null since the last expectation, or the opening. */
  #sentAtMs: number | null = null;
  /** From when on the expectation whose turn it is counts its time; null while none has its turn. */
  #waitsSinceMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #firstOther: string | null = null;
  #outcome: ConversationOutcome | null = null;
  /** What ended the conversation because its time was over: it may come after all. */
  #missed: Coming | null = null;
  #isOver = false;
  /** Made when the hold is over: the expectation whose turn it is is the last. */
  #concluded: Happening | null = null;

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
    if (this.#isOver) return;
    if (this.#outcome !== null) {
      if (this.#missed !== null) this.#noteLateness(this.#missed, data.toString('utf8'));
      return;
    }
    const nowMs = this.#clock();
    const awaited = this.#awaited();
    if (awaited === null) return;
    const text = data.toString('utf8');
    if (awaited.isMatch?.(text) !== true) {
      // The first is the likeliest to be meant as the answer; a feed goes on with others.
      this.#firstOther ??= text;
      return;
    }
    awaited.metAtMs = nowMs;
    if (this.#waitsSinceMs !== null) this.#advance();
  }

  /** The hold is over: resolves when the expectation whose turn it is is decided. Nothing more is sent. */
  conclude(): Promise<void> {
    this.#concluded ??= new Happening();
    if (this.#waitsSinceMs === null || this.#outcome !== null || this.#isOver) this.#concluded.happen();
    return this.#concluded.promise;
  }

  /** The connection is over: `closeCode` where the other side ended it, null where the plan did. */
  end(closeCode: number | null): void {
    if (this.#isOver) return;
    const next = this.#step(0);
    if (this.#outcome === null && closeCode !== null && next !== null) this.#fail(next, { closeCode });
    if (this.#outcome === null) this.#tally.unfinished(this.#clock());
    this.#isOver = true;
    this.#stopTimer();
    this.#concluded?.happen();
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
    for (;;) {
      const coming = this.#step(this.#passed);
      if (coming === null || coming.step.kind === 'send') return null;
      if (coming.step.kind === 'expect' && coming.metAtMs === null) return coming;
      this.#passed += 1;
    }
  }

  #done(): void {
    this.#coming.shift();
    this.#passed = Math.max(0, this.#passed - 1);
  }

  #advance(): void {
    for (let taken = 0; taken < stepsAtAStretch; taken += 1) {
      if (this.#isOver || this.#outcome !== null) return;
      const next = this.#step(0);
      if (next === null) {
        this.#outcome = { state: 'completed' };
        this.#tally.completed(this.#clock());
        this.#concluded?.happen();
        return;
      }
      if (this.#concluded !== null && this.#waitsSinceMs === null) {
        this.#concluded.happen();
        return;
      }
      if (!this.#take(next)) return;
    }
    this.#timer = setTimeout(() => {
      this.#advance();
    }, 0);
  }

  /** Does one step; false where it has to wait, and goes on by itself, or has failed. */
  #take(next: Coming): boolean {
    const { step } = next;
    switch (step.kind) {
      case 'send':
        this.#done();
        this.#firstOther = null;
        this.#sentAtMs = this.#clock();
        this.#send(step.text);
        return true;
      case 'pause':
        this.#timer = setTimeout(() => {
          this.#done();
          this.#advance();
        }, step.durationMs);
        return false;
      case 'expect':
        return this.#expect(next, step);
      default:
        return step satisfies never;
    }
  }

  /** It is the turn of an expectation, for the first time or because it has been met. */
  #expect(next: Coming, step: Expected): boolean {
    const nowMs = this.#clock();
    const sinceMs = (this.#waitsSinceMs ??= this.#sentAtMs ?? nowMs);
    if (next.metAtMs !== null) return this.#settle(next, step, next.metAtMs - sinceMs);
    this.#timer = setTimeout(
      () => {
        this.#missed = next;
        this.#fail(next, {});
      },
      Math.max(0, sinceMs + step.withinMs - nowMs),
    );
    return false;
  }

  /** The expectation whose turn it is has been met after `tookMs`: in time, or not. */
  #settle(met: Coming, step: Expected, tookMs: number): boolean {
    const stepTimeMs = Math.max(0, tookMs);
    this.#stopTimer();
    if (stepTimeMs > step.withinMs) {
      this.#fail(met, { lateMs: stepTimeMs - step.withinMs });
      return false;
    }
    this.#tally.met(stepTimeMs, met.metAtMs ?? this.#clock());
    this.#waitsSinceMs = null;
    this.#sentAtMs = null;
    this.#firstOther = null;
    this.#done();
    return true;
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
      detail: this.#firstOther === null ? null : cutText(this.#firstOther, keptCharacters),
      closeCode,
      lateMs,
    };
    this.#coming = [];
    this.#tally.failed(this.#clock(), { atExpectation: step.kind === 'expect' });
    this.#concluded?.happen();
  }

  /** What had failed by its time arrives after all. */
  #noteLateness({ step, isMatch }: Coming, text: string): void {
    if (this.#outcome?.state !== 'failed' || step.kind !== 'expect' || isMatch?.(text) !== true) return;
    const sinceMs = this.#waitsSinceMs ?? this.#clock();
    this.#outcome = { ...this.#outcome, lateMs: this.#clock() - sinceMs - step.withinMs };
    this.#missed = null;
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

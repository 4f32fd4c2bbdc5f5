import type { Clock } from '../connection/clock.ts';
import { Happening } from './happening.ts';
import type { LoadPlan } from './plan.ts';

/** Waits for one connection's initial messages, until they have arrived, are too late, or can not come any more. */
export class InitialMessages {
  readonly #expected: LoadPlan['initialMessages'];
  readonly #clock: Clock;
  readonly #onLate: (detail: string) => void;
  readonly #decided = new Happening();
  #received = 0;
  #isOver = false;
  #readyAtMs: number | null = null;
  #deadline: NodeJS.Timeout | null = null;

  /** `onLate` hears how many were missing when the time limit passed. */
  constructor(expected: LoadPlan['initialMessages'], clock: Clock, onLate: (detail: string) => void) {
    this.#expected = expected;
    this.#clock = clock;
    this.#onLate = onLate;
  }

  /** When the last of them had arrived; null when they have not, or came too late. */
  get readyAtMs(): number | null {
    return this.#readyAtMs;
  }

  /** It is known whether they arrived in time. */
  get isDecided(): boolean {
    return this.#decided.hasHappened;
  }

  /** Resolves when it is known whether they arrived in time. */
  get decided(): Promise<void> {
    return this.#decided.promise;
  }

  /** The connection is open: from now the time limit runs. Where none are expected it is ready by that. */
  opened(openedAtMs: number): void {
    const { count, withinMs } = this.#expected;
    if (count === 0) this.#readyAtMs = openedAtMs;
    if (this.#readyAtMs !== null) this.end();
    if (this.#isOver) return;
    this.#deadline = setTimeout(
      () => {
        this.end();
        this.#onLate(
          `${String(this.#received)} of ${String(count)} initial messages within ${String(withinMs)} ms`,
        );
      },
      Math.max(0, openedAtMs + withinMs - this.#clock()),
    );
  }

  /** One of them has arrived; it may come before the opening is known, in the same packet as the 101. */
  receive(): void {
    this.#received += 1;
    if (this.#isOver || this.#readyAtMs !== null || this.#received < this.#expected.count) return;
    this.#readyAtMs = this.#clock();
    this.end();
  }

  /** They are not waited for any longer. */
  end(): void {
    this.#isOver = true;
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    this.#decided.happen();
  }
}

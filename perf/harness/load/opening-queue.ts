import type { Clock } from '../connection/clock.ts';
import { TurnBudget } from './turn-budget.ts';
import { TurnLog, type TurnsReport } from './turn-log.ts';

/** How those who asked for their turn were let start. */
export interface QueueReport extends TurnsReport {
  readonly started: number;
}

/**
 * Lets those who ask start in the order of their asking: as many per turn of the event loop as keep the turn short,
 * because an answer that arrives meanwhile waits until it is over.
 */
export class OpeningQueue {
  readonly #clock: Clock;
  readonly #budget: TurnBudget;
  readonly #log = new TurnLog();
  readonly #waiting: (() => void)[] = [];
  #started = 0;
  #isRunning = false;

  constructor(clock: Clock, budget = new TurnBudget()) {
    this.#clock = clock;
    this.#budget = budget;
  }

  /** Resolves when it is the asker's turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#isRunning) return;
      this.#isRunning = true;
      setImmediate(() => {
        this.#next();
      });
    });
  }

  report(): QueueReport {
    return { started: this.#started, ...this.#log.report() };
  }

  #next(): void {
    const beganAtMs = this.#clock();
    const starting = this.#waiting.splice(0, this.#budget.starts);
    for (const start of starting) start();
    this.#started += starting.length;
    this.#log.started(starting.length);
    this.#isRunning = this.#waiting.length > 0;
    if (!this.#isRunning) return;
    setImmediate(() => {
      const turnMs = this.#clock() - beganAtMs;
      this.#log.took(turnMs);
      this.#budget.turnTook(turnMs);
      this.#next();
    });
  }
}

/** Openings per turn of the event loop: more would make answers wait in this process's own queue. */
const openingsPerTurn = 4;

/** Lets those who ask start in the order of their asking, a few per turn of the event loop. */
export class OpeningQueue {
  readonly #waiting: (() => void)[] = [];
  #isRunning = false;

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

  #next(): void {
    for (const start of this.#waiting.splice(0, openingsPerTurn)) start();
    this.#isRunning = this.#waiting.length > 0;
    if (this.#isRunning)
      setImmediate(() => {
        this.#next();
      });
  }
}

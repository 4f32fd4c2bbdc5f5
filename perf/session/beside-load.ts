/** What a scenario does while a load runs. It is begun with the load and waited for, and what it fails with is not lost. */
export class BesideLoad {
  readonly #work: () => Promise<unknown>;
  #running: Promise<unknown> = Promise.resolve();

  constructor(work: () => Promise<unknown>) {
    this.#work = work;
  }

  /** The load has begun. */
  readonly start = (): void => {
    this.#running = (async () => this.#work())();
    // Nobody waits for it yet.
    this.#running.catch(() => undefined);
  };

  /** Resolves when it is over, whether or not it worked; at once where it never began. */
  async settled(): Promise<void> {
    await this.#running.catch(() => undefined);
  }

  /** Waits for it. @throws what it failed with */
  async done(): Promise<void> {
    await this.#running;
  }
}

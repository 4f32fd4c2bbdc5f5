/** Something that happens once. Only where somebody waits for it is a promise made: of a held connection nobody does. */
export class Happening {
  #hasHappened = false;
  #awaited: PromiseWithResolvers<void> | null = null;

  get hasHappened(): boolean {
    return this.#hasHappened;
  }

  /** Resolves when it happens; at once where it has. */
  get promise(): Promise<void> {
    if (this.#hasHappened) return Promise.resolve();
    this.#awaited ??= Promise.withResolvers<void>();
    return this.#awaited.promise;
  }

  happen(): void {
    this.#hasHappened = true;
    this.#awaited?.resolve();
  }
}

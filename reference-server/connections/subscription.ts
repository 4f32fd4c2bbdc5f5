/** The symbols that one client receives: all at first; the first `subscribe` narrows that to what it names, later ones add. */
export class Subscription {
  readonly #all: ReadonlySet<string>;
  /** Undefined until the client chose, which stands for every symbol. */
  #chosen: Set<string> | undefined;

  constructor(all: ReadonlySet<string>) {
    this.#all = all;
  }

  includes(symbol: string): boolean {
    return this.#chosen === undefined || this.#chosen.has(symbol);
  }

  /** How many symbols would have been asked for, with these. */
  countWith(symbols: readonly string[]): number {
    return new Set([...(this.#chosen ?? []), ...symbols]).size;
  }

  add(symbols: readonly string[]): void {
    this.#chosen ??= new Set();
    for (const symbol of symbols) this.#chosen.add(symbol);
  }

  remove(symbols: readonly string[]): void {
    this.#chosen ??= new Set(this.#all);
    for (const symbol of symbols) this.#chosen.delete(symbol);
  }
}

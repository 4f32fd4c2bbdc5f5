const TICK_MS = 100;

/** Keeps `bytesPerConnectionSecond` of resident memory for each open connection and second, until it is disposed of. */
export class MemoryLeak implements Disposable {
  readonly #retained: Buffer[] = [];
  readonly #timer: NodeJS.Timeout | undefined;
  #owedBytes = 0;

  constructor(options: {
    readonly bytesPerConnectionSecond: number;
    readonly openConnections: () => number;
  }) {
    if (options.bytesPerConnectionSecond === 0) return;
    let lastTickAtMs = performance.now();
    this.#timer = setInterval(() => {
      const nowMs = performance.now();
      const elapsedSeconds = (nowMs - lastTickAtMs) / 1_000;
      lastTickAtMs = nowMs;
      this.#retain(options.bytesPerConnectionSecond * options.openConnections() * elapsedSeconds);
    }, TICK_MS);
    this.#timer.unref();
  }

  /** How much is kept so far. */
  get retainedBytes(): number {
    return this.#retained.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#retained.length = 0;
  }

  #retain(bytes: number): void {
    this.#owedBytes += bytes;
    const wholeBytes = Math.floor(this.#owedBytes);
    if (wholeBytes === 0) return;
    this.#owedBytes -= wholeBytes;
    // Filling with a value other than 0 touches every page, so that the memory becomes resident.
    this.#retained.push(Buffer.alloc(wholeBytes, 0xa5));
  }
}

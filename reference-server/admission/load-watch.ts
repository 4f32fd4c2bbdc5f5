import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AdmissionLimits } from './admission-limits.ts';
import { Latch } from './latch.ts';

const SAMPLE_MS = 100;
const RESOLUTION_MS = 10;
const NANOSECONDS_PER_MS = 1_000_000;
const RELEASE_AFTER_MS = 1_000;
/** Of the limit: the delay falls fast once the cause is gone, resident memory slowly and seldom far. */
const DELAY_RELEASE_RATIO = 0.5;
const MEMORY_RELEASE_RATIO = 0.95;

const latchFor = (limit: number | null, releaseRatio: number): Latch | undefined =>
  limit === null
    ? undefined
    : new Latch({ limit, releaseAt: limit * releaseRatio, releaseAfterMs: RELEASE_AFTER_MS });

/** Watches event-loop delay and memory where they are limited, and tells whether they leave room for new connections. */
export class LoadWatch implements Disposable {
  readonly #maxDelayMs: number;
  readonly #delayLatch: Latch | undefined;
  readonly #memoryLatch: Latch | undefined;
  readonly #delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #timer: NodeJS.Timeout | undefined;
  #summedDelayMs = 0;
  #countedDelays = 0;
  #sampledAtMs = performance.now();

  constructor(limits: Pick<AdmissionLimits, 'maxEventLoopDelayMs' | 'maxMemoryBytes'>) {
    this.#maxDelayMs = limits.maxEventLoopDelayMs ?? Infinity;
    this.#delayLatch = latchFor(limits.maxEventLoopDelayMs, DELAY_RELEASE_RATIO);
    this.#memoryLatch = latchFor(limits.maxMemoryBytes, MEMORY_RELEASE_RATIO);
    if (this.#delayLatch === undefined && this.#memoryLatch === undefined) return;
    if (this.#delayLatch !== undefined) this.#delays.enable();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
    this.#timer.unref();
  }

  /** Whether the event loop is too far behind; `nowMs` is of `performance.now()`. */
  isDelayed(nowMs: number): boolean {
    if (this.#delayLatch === undefined) return false;
    // In a turn that has lasted too long itself, the samples do not know it yet.
    const overdueMs = nowMs - this.#sampledAtMs - SAMPLE_MS;
    if (overdueMs > this.#maxDelayMs) this.#delayLatch.update(overdueMs, nowMs);
    return this.#delayLatch.isShut;
  }

  get isShortOfMemory(): boolean {
    return this.#memoryLatch?.isShut === true;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#delays.disable();
  }

  #sample(): void {
    const nowMs = performance.now();
    this.#delayLatch?.update(this.#newDelayMs(), nowMs);
    this.#memoryLatch?.update(process.memoryUsage.rss(), nowMs);
    this.#sampledAtMs = nowMs;
  }

  /** The mean since the last sample. Taken from running sums, because resetting the histogram loses the delay under way. */
  #newDelayMs(): number {
    const { count, mean } = this.#delays;
    if (count === this.#countedDelays) return 0;
    const summedMs = (mean / NANOSECONDS_PER_MS) * count;
    const newMeanMs = (summedMs - this.#summedDelayMs) / (count - this.#countedDelays);
    this.#summedDelayMs = summedMs;
    this.#countedDelays = count;
    // What is recorded is the time between two timers, not how late the second one was.
    return Math.max(0, newMeanMs - RESOLUTION_MS);
  }
}

/** How long events waited in this process before they were handled, ms. */
export interface WaitReport {
  readonly meanMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Waits are kept to a tenth of a ms. */
const stepsPerMs = 10;
/** Weights are sums of fractions: one this small is what rounding left of none. */
const leastWeight = 1e-9;

/** A distribution of waits, each with the weight of what it would have held up. */
export class WeighedWaits {
  readonly #weightByStep = new Map<number, number>();
  #weight = 0;
  #sumMs = 0;

  add(waitMs: number, weight: number): void {
    if (weight < leastWeight) return;
    const step = Math.round(waitMs * stepsPerMs);
    this.#weightByStep.set(step, (this.#weightByStep.get(step) ?? 0) + weight);
    this.#weight += weight;
    this.#sumMs += waitMs * weight;
  }

  /** Null where nothing has been added. */
  report(): WaitReport | null {
    if (this.#weight === 0) return null;
    const steps = [...this.#weightByStep].toSorted(([a], [b]) => a - b);
    const quantileMs = (share: number): number => {
      let passed = 0;
      const found = steps.find(([, weight]) => {
        passed += weight;
        return passed >= share * this.#weight - leastWeight;
      });
      return (found?.[0] ?? 0) / stepsPerMs;
    };
    return {
      meanMs: this.#sumMs / this.#weight,
      p95Ms: quantileMs(0.95),
      p99Ms: quantileMs(0.99),
      maxMs: (steps.at(-1)?.[0] ?? 0) / stepsPerMs,
    };
  }
}

/** Figure by figure the longer wait; null where neither is known. */
export const longerWaits = (one: WaitReport | null, other: WaitReport | null): WaitReport | null =>
  one === null || other === null
    ? (one ?? other)
    : {
        meanMs: Math.max(one.meanMs, other.meanMs),
        p95Ms: Math.max(one.p95Ms, other.p95Ms),
        p99Ms: Math.max(one.p99Ms, other.p99Ms),
        maxMs: Math.max(one.maxMs, other.maxMs),
      };

import { circuitStates, type CircuitState, type ServerMetrics } from '../observe/server-metrics.ts';

interface Heard {
  readonly circuit: CircuitState;
  /** Of the looks that were answered, the one that it was heard at. */
  readonly look: number;
  readonly atEpochMs: number;
}

/** Behind a load balancer each look meets another instance: one that none of so many has met is forgotten. */
const looksOfAnInstance = 12;

/**
 * The circuits of all instances that answer in turns behind a load balancer, each of which knows its own alone: without the
 * others' an alert would be raised and cleared in turns.
 */
export class InstanceCircuits {
  readonly #heard = new Map<number, Heard>();
  #looks = 0;

  /** Takes what one instance said, and gives the worst of them; null where it says nothing of a circuit. */
  worst(
    { startedAtEpochMs, circuit }: Pick<ServerMetrics, 'startedAtEpochMs' | 'circuit'>,
    atEpochMs: number,
  ): CircuitState | null {
    if (circuit === null || startedAtEpochMs === null) return circuit;
    this.#looks += 1;
    this.#heard.set(startedAtEpochMs, { circuit, look: this.#looks, atEpochMs });
    for (const [started, heard] of this.#heard) {
      // One that was last heard before this one started may have become this one.
      const isGone = started !== startedAtEpochMs && heard.atEpochMs < startedAtEpochMs;
      if (isGone || heard.look <= this.#looks - looksOfAnInstance) this.#heard.delete(started);
    }
    const standings = [...this.#heard.values()].map((heard) => circuitStates.indexOf(heard.circuit));
    return circuitStates[Math.max(...standings)] ?? circuit;
  }
}

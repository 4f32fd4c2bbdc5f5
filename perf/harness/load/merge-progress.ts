import type { FailureReason } from '../connection/failure.ts';
import { mergeDistributions } from '../metrics/distribution.ts';
import { mergeSoFar } from '../metrics/so-far.ts';
import type { AgentProgress } from './agent-result.ts';
import { sumPoints } from './merge-timelines.ts';

/** Where several agents stand, as if they were one. */
const mergeProgress = (parts: readonly AgentProgress[]): AgentProgress => {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const failures: Partial<Record<FailureReason, number>> = {};
  for (const part of parts) {
    for (const [reason, count] of Object.entries(part.failures) as [FailureReason, number][])
      failures[reason] = (failures[reason] ?? 0) + count;
  }
  return {
    point: sumPoints(
      Math.max(...parts.map(({ point }) => point.atMs)),
      parts.map(({ point }) => point),
    ),
    failures,
    connectTime: mergeDistributions(parts.map(({ connectTime }) => connectTime)),
    soFar: mergeSoFar(parts.map(({ soFar }) => soFar)),
  };
};

/** Brings the agents' reports together as often as one agent reports, however many they are. */
export class ProgressMerger {
  readonly #latest: (AgentProgress | undefined)[];
  readonly #reported = new Set<number>();
  readonly #onProgress: (progress: AgentProgress) => void;

  constructor(agents: number, onProgress: (progress: AgentProgress) => void) {
    this.#latest = Array.from({ length: agents }, () => undefined);
    this.#onProgress = onProgress;
  }

  receive(part: number, progress: AgentProgress): void {
    // One that reports again does not wait for those that are slow, or over.
    if (this.#reported.has(part)) this.#report();
    this.#latest[part] = progress;
    this.#reported.add(part);
    if (this.#reported.size === this.#latest.length) this.#report();
  }

  #report(): void {
    this.#reported.clear();
    this.#onProgress(mergeProgress(this.#latest.filter((one) => one !== undefined)));
  }
}

import type { ServerSample, TimelinePoint } from '../../harness/record/run-record.ts';
import type { LoadProgress } from '../../progress.ts';
import { startPoint } from '../start-point.ts';

/** Rates are of this long, so that they neither jump nor lag, ms. */
const rateOverMs = 2_000;
/** Into how many parts the expected time of a load is cut. */
const parts = 24;
const msPerSecond = 1_000;

/** Where a load stands, and how it came there. */
export interface LoadStanding extends LoadProgress {
  /** Null before the first attempts. */
  readonly arrivalsPerSecond: number | null;
  readonly messagesPerSecond: number | null;
  /** Of one core, between the last two readings; null where it can not be read. */
  readonly serverCpuRatio: number | null;
  /** Open connections through the expected time of the load; null for what is still to come. */
  readonly openOverTime: readonly (number | null)[];
}

/** Follows a load's progress, and the next load's after it. */
export class LoadTrail {
  #label: string | null = null;
  #points: TimelinePoint[] = [];
  #samples: ServerSample[] = [];
  #openOverTime: (number | null)[] = [];

  follow(progress: LoadProgress): LoadStanding {
    const { label, point, server } = progress;
    if (label !== this.#label || point.atMs < (this.#points.at(-1)?.atMs ?? 0)) this.#begin(label);
    this.#points.push(point);
    // One point stays from before the time that rates are of.
    while ((this.#points[1]?.atMs ?? point.atMs) < point.atMs - rateOverMs) this.#points.shift();
    if (server !== null && server.atMs !== this.#samples.at(-1)?.atMs)
      this.#samples = [...this.#samples.slice(-1), server];
    this.#noteOpen(progress);
    return {
      ...progress,
      arrivalsPerSecond: this.#perSecond(({ started }) => started),
      messagesPerSecond: this.#perSecond(({ messages }) => messages),
      serverCpuRatio: this.#cpuRatio(),
      openOverTime: [...this.#openOverTime],
    };
  }

  #begin(label: string): void {
    this.#label = label;
    this.#points = [startPoint];
    this.#samples = [];
    this.#openOverTime = Array.from({ length: parts }, () => null);
  }

  #noteOpen({ point, remainingMs }: LoadProgress): void {
    const totalMs = point.atMs + remainingMs;
    const part = totalMs <= 0 ? 0 : Math.min(parts - 1, Math.floor((point.atMs / totalMs) * parts));
    this.#openOverTime[part] = point.open;
    // A short load skips parts.
    for (let before = part - 1; before >= 0 && this.#openOverTime[before] === null; before -= 1)
      this.#openOverTime[before] = point.open;
  }

  #perSecond(of: (point: TimelinePoint) => number): number | null {
    const [first, last] = [this.#points.at(0), this.#points.at(-1)];
    if (first === undefined || last === undefined || last.atMs <= first.atMs) return null;
    return ((of(last) - of(first)) * msPerSecond) / (last.atMs - first.atMs);
  }

  #cpuRatio(): number | null {
    const [first, last] = this.#samples;
    if (first === undefined || last === undefined || first.cpuMs === null || last.cpuMs === null) return null;
    return (last.cpuMs - first.cpuMs) / (last.atMs - first.atMs);
  }
}

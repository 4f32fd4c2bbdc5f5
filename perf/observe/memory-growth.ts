import { median } from 'simple-statistics';
import type { GaugeSamples } from '../harness/metrics/samples.ts';
import type { ServerSample } from '../harness/record/run-record.ts';

/** Fewer readings than this say nothing about a slope. */
export const fewestReadings = 5;
const msPerSecond = 1_000;
/** All pairs of so many readings are compared; of more, evenly spread ones: a day's pairs would not fit into memory. */
const mostCompared = 500;

const spread = <Item>(items: readonly Item[]): readonly Item[] => {
  const every = Math.ceil(items.length / mostCompared);
  return items.filter((_, position) => position % every === 0);
};

/** A reading of memory; null where it could not be taken. */
export type MemorySample = Pick<ServerSample, 'atMs' | 'memoryBytes'>;

/** The stretch of a run in which memory is expected to stay level. */
export interface HoldWindow {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * How fast memory grew, a server's or another's, in bytes per second: the median of the slopes between all pairs of readings
 * (Theil–Sen; P. K. Sen, JASA 63, 1968), which a single garbage collection does not move.
 * No value when the window holds too few readings.
 */
export const memoryGrowth = (
  samples: readonly MemorySample[],
  { fromMs, untilMs }: HoldWindow,
): GaugeSamples => {
  const readings = samples.flatMap(({ atMs, memoryBytes }) =>
    memoryBytes !== null && atMs >= fromMs && atMs <= untilMs ? [{ atMs, memoryBytes }] : [],
  );
  const compared = spread(readings);
  const slopes = compared.flatMap((earlier, position) =>
    compared
      .slice(position + 1)
      .filter((later) => later.atMs > earlier.atMs)
      .map(
        (later) => ((later.memoryBytes - earlier.memoryBytes) * msPerSecond) / (later.atMs - earlier.atMs),
      ),
  );
  const value = readings.length < fewestReadings || slopes.length === 0 ? null : median(slopes);
  return { kind: 'gauge', unit: 'bytes/s', value, readings: readings.length };
};

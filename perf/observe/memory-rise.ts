import { median } from 'simple-statistics';
import type { GaugeSamples } from '../harness/metrics/samples.ts';
import { fewestReadings, type HoldWindow, type MemorySample } from './memory-growth.ts';

/** Fewer readings than this say nothing about what memory is usual. */
const fewestBefore = 3;

/** How far the server's memory rose in a stretch at most, in bytes, above the median of the stretch before it. */
export const memoryRise = (
  samples: readonly MemorySample[],
  { before, during }: { readonly before: HoldWindow; readonly during: HoldWindow },
): GaugeSamples => {
  const bytesIn = ({ fromMs, untilMs }: HoldWindow): number[] =>
    samples.flatMap(({ atMs, memoryBytes }) =>
      memoryBytes !== null && atMs >= fromMs && atMs <= untilMs ? [memoryBytes] : [],
    );
  const [usual, seen] = [bytesIn(before), bytesIn(during)];
  const isKnown = usual.length >= fewestBefore && seen.length >= fewestReadings;
  const value = isKnown ? Math.max(...seen) - median(usual) : null;
  return { kind: 'gauge', unit: 'bytes', value, readings: usual.length + seen.length };
};

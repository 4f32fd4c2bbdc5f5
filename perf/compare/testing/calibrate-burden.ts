import { mean } from 'simple-statistics';
import type { PerSide } from '../side.ts';
import type { Contestant } from '../contestant.ts';
import type { ReferenceServers } from './reference-servers.ts';
import { weighBurden, type Burden } from './weigh-burden.ts';

/** Busy work that lengthens a handshake by a known share, and what weighing it gave. */
export interface CalibratedBurden extends Burden {
  /** Processor time to burn in each handshake, ms. */
  readonly burnMs: number;
}

const mostRounds = 4;
const leastBurnMs = 0.001;
const startsAtFirst = 4;
const starts = 24;
const seed = 1;

/**
 * Finds the busy work that adds `share` to the median connect time: begins with that share of it, and corrects by what is seen to
 * be too much or too little, until the gate's operations and bare sockets both see it between the bounds. Each round takes
 * two minutes on an idle machine. What it returns may still be out of bounds, where four rounds were not enough.
 */
export const calibrateBurden = async (
  { contestant }: Pick<ReferenceServers, 'contestant'>,
  { share, between }: { readonly share: number; readonly between: readonly [number, number] },
): Promise<CalibratedBurden> => {
  const pair = (burnMs: number): PerSide<Contestant> => ({
    base: contestant('base', 0),
    head: contestant('head', burnMs),
  });
  const unburdened = await weighBurden(pair(0), { starts: startsAtFirst, seed });
  let burnMs = share * unburdened.baseMs;
  for (let round = 1; ; round += 1) {
    const burden = await weighBurden(pair(burnMs), { starts, seed: seed + round * starts });
    const [least, most] = between;
    const seen = [burden.seenByGate, burden.seenBare];
    const isRight = seen.every((one) => one >= least && one <= most);
    console.log(
      `${burnMs.toFixed(4)} ms of busy work: connect p50 ${burden.baseMs.toFixed(3)} ms, ` +
        `${(100 * burden.seenByGate).toFixed(1)} % more as the gate sees it; bare sockets see ${burden.addedMs.toFixed(4)} ms more, ` +
        `${(100 * burden.seenBare).toFixed(1)} % of it`,
    );
    if (isRight || round === mostRounds) return { burnMs, ...burden };
    burnMs = Math.max(leastBurnMs, burnMs + (share - mean(seen)) * burden.baseMs);
  }
};

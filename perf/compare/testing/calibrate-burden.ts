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
const startsAtFirst = 4;
const starts = 24;
const seed = 1;

/** What several weighings say together of a burden that adds this share: one alone is off by a sixth of it. */
const estimateTogether = (weighings: readonly CalibratedBurden[], share: number): CalibratedBurden => {
  const ofEach = (name: keyof CalibratedBurden): number => mean(weighings.map((weighing) => weighing[name]));
  const perMs = (name: keyof CalibratedBurden): number => ofEach(name) / ofEach('burnMs');
  const burnMs = share / mean([perMs('seenByGate'), perMs('seenBare')]);
  return {
    burnMs,
    baseMs: ofEach('baseMs'),
    seenByGate: perMs('seenByGate') * burnMs,
    addedMs: perMs('addedMs') * burnMs,
    seenBare: perMs('seenBare') * burnMs,
  };
};

const sentenceOf = ({ burnMs, baseMs, seenByGate, addedMs, seenBare }: CalibratedBurden): string =>
  `${burnMs.toFixed(4)} ms of busy work: connect p50 ${baseMs.toFixed(3)} ms, ` +
  `${(100 * seenByGate).toFixed(1)} % more as the gate sees it; bare sockets see ${addedMs.toFixed(4)} ms more, ` +
  `${(100 * seenBare).toFixed(1)} % of it`;

/**
 * Finds the busy work that adds `share` to the median connect time: begins with that share of it, and corrects by what all rounds
 * have seen together, until the gate's operations and bare sockets both see it between the bounds. Each round takes two minutes on
 * an idle machine; after four it returns what they say together, which may still be out of bounds.
 */
export const calibrateBurden = async (
  { contestant }: Pick<ReferenceServers, 'contestant'>,
  { share, between }: { readonly share: number; readonly between: readonly [number, number] },
): Promise<CalibratedBurden> => {
  const [least, most] = between;
  const pair = (burnMs: number): PerSide<Contestant> => ({
    base: contestant('base', 0),
    head: contestant('head', burnMs),
  });
  const unburdened = await weighBurden(pair(0), { starts: startsAtFirst, seed });
  const weighings: CalibratedBurden[] = [];
  let burnMs = share * unburdened.baseMs;
  for (let round = 1; round <= mostRounds; round += 1) {
    const weighing = {
      burnMs,
      ...(await weighBurden(pair(burnMs), { starts, seed: seed + round * starts })),
    };
    console.log(sentenceOf(weighing));
    if ([weighing.seenByGate, weighing.seenBare].every((seen) => seen >= least && seen <= most))
      return weighing;
    weighings.push(weighing);
    burnMs = estimateTogether(weighings, share).burnMs;
  }
  const together = estimateTogether(weighings, share);
  console.log(`all rounds together: ${sentenceOf(together)}`);
  return together;
};

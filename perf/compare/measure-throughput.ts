import { mean } from 'simple-statistics';
import type { PairAgent } from './pair/pair-agent.ts';
import { perSide, sides, type PerSide, type Side } from './side.ts';

const slice = Object.freeze({ connections: 10, durationMs: 1_000 });

/**
 * Round trips per second of both servers, in slices of a second in the order ABBA or BAAB: what changes steadily meanwhile,
 * as the machine's temperature does, weighs on both alike.
 */
export const measureThroughput = async (
  agent: PairAgent,
  isBaseFirst: () => boolean,
): Promise<PerSide<number | null>> => {
  const order: readonly Side[] = isBaseFirst() ? sides : sides.toReversed();
  const taken: Record<Side, (number | null)[]> = { base: [], head: [] };
  for (const side of [...order, ...order.toReversed()]) {
    const { roundTripsPerSecond } = await agent.ask({ type: 'slice', side, plan: slice }, 'slice');
    taken[side].push(roundTripsPerSecond);
  }
  return perSide((side) => {
    const slices = taken[side].filter((one) => one !== null);
    return slices.length < taken[side].length ? null : mean(slices);
  });
};

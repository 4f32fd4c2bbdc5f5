import { median } from 'simple-statistics';
import type { Target } from '../../../fixtures/targets/index.ts';
import { tokenFor } from '../../../fixtures/tokens/index.ts';
import { makeDial } from '../../session/make-dials.ts';
import { walshAverages } from '../../tracking/statistics/estimate-shift.ts';
import type { Contestant } from '../contestant.ts';
import { meetServers } from '../meet-servers.ts';
import { PairAgent } from '../pair/pair-agent.ts';
import { randomOrder } from '../pair/random-order.ts';
import { defaultBlockPlan } from '../run-block.ts';
import { perSide, sides, type PerSide, type Side } from '../side.ts';
import { bareHandshakeMs } from './bare-handshake.ts';

const bareHandshakes = 500;
const bareWarmUp = 50;

/** By how much longer the handshakes of one server take than those of another, seen in two ways. */
export interface Burden {
  /** Median connect time of the unburdened server as the gate sees it, ms. */
  readonly baseMs: number;
  /** What the gate's own operations see, as a ratio less one. */
  readonly seenByGate: number;
  /** What a bare socket sees added, ms. */
  readonly addedMs: number;
  /** The same as a share of `baseMs`. */
  readonly seenBare: number;
}

/** The Hodges–Lehmann estimate: servers differ from start to start by more than their handshakes do. */
const centerOf = (values: readonly number[]): number => median([...walshAverages(values)]);

const bareMedians = async (
  targets: PerSide<Target>,
  isBaseFirst: () => boolean,
): Promise<PerSide<number>> => {
  const address = perSide((side) => makeDial(targets[side], tokenFor(targets[side], 0)).url);
  const times: Record<Side, number[]> = { base: [], head: [] };
  for (let round = -bareWarmUp; round < bareHandshakes; round += 1) {
    for (const side of isBaseFirst() ? sides : sides.toReversed()) {
      const timeMs = await bareHandshakeMs(address[side]);
      if (round >= 0) times[side].push(timeMs);
    }
  }
  return { base: median(times.base), head: median(times.head) };
};

/** Weighs the burden of `head` over `base` on fresh servers, `starts` times, by the gate's operations and by bare sockets. */
export const weighBurden = async (
  { base, head }: PerSide<Contestant>,
  { starts, seed }: { readonly starts: number; readonly seed: number },
): Promise<Burden> => {
  const isBaseFirst = randomOrder(seed);
  await using agent = await PairAgent.start();
  const seen: { readonly gate: PerSide<number>; readonly bare: PerSide<number> }[] = [];
  for (let start = 0; start < starts; start += 1) {
    await using openBase = await base.open({});
    await using openHead = await head.open({});
    const targets = { base: openBase.target, head: openHead.target };
    await meetServers(agent, targets, seed + start);
    await agent.ask({ type: 'alternate', stretch: defaultBlockPlan.warmUp }, 'operations');
    const { operations } = await agent.ask(
      { type: 'alternate', stretch: defaultBlockPlan.measured },
      'operations',
    );
    const gate = perSide((side) => median([...operations[side].connectMs]));
    seen.push({ gate, bare: await bareMedians(targets, isBaseFirst) });
  }
  const baseMs = centerOf(seen.map(({ gate }) => gate.base));
  const addedMs = centerOf(seen.map(({ bare }) => bare.head - bare.base));
  return {
    baseMs,
    addedMs,
    seenByGate: centerOf(seen.map(({ gate }) => gate.head / gate.base)) - 1,
    seenBare: addedMs / baseMs,
  };
};

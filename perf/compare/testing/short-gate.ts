import { chooseGated } from '../choose-gated.ts';
import type { Contestant } from '../contestant.ts';
import { defaultBlockPlan } from '../run-block.ts';
import { runGate, type GateProgress } from '../run-gate.ts';
import type { PerSide } from '../side.ts';

/** Fewer operations than a real block takes. */
export const shortBlocks = {
  ...defaultBlockPlan,
  warmUp: { operations: 10, withinMs: 500, atLeast: 1 },
  measured: { operations: 20, withinMs: 2_000, atLeast: 10 },
};

/** A gate by the metrics named, with fewer operations a block than a real one takes: for differences that are large. */
export const shortGate = (
  contestants: PerSide<Contestant>,
  named: readonly string[],
  seed = 1,
): Promise<GateProgress> =>
  runGate({
    contestants,
    gated: chooseGated(named, []),
    seed,
    signal: new AbortController().signal,
    blockPlan: shortBlocks,
  });

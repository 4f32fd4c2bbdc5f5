import { expect, it } from 'vitest';
import { chooseGated } from './choose-gated.ts';
import type { Contestant } from './contestant.ts';
import { runGate, type GateProgress } from './run-gate.ts';
import { defaultBlockPlan } from './run-block.ts';
import type { PerSide } from './side.ts';
import { plainContestant } from './testing/plain-contestant.ts';

/** Fewer operations than a real gate takes: the differences here are large. */
const shortBlocks = {
  ...defaultBlockPlan,
  warmUp: { operations: 10, withinMs: 500, atLeast: 1 },
  measured: { operations: 20, withinMs: 2_000, atLeast: 10 },
};

const gate = (contestants: PerSide<Contestant>, named: readonly string[], seed = 1): Promise<GateProgress> =>
  runGate({
    contestants,
    gated: chooseGated(named, []),
    seed,
    signal: new AbortController().signal,
    blockPlan: shortBlocks,
  });

it('a server on which nothing succeeds is an error that names it and its reasons', async () => {
  await expect(
    gate(
      {
        base: await plainContestant('base'),
        head: await plainContestant('the new one', { LETS_IN: '1' }),
      },
      ['connect'],
    ),
  ).rejects.toThrow(/None of \d+ operations on head \(the new one\) succeeded: \d+ unauthorized\./u);
});

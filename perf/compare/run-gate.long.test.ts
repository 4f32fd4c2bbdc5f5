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

it('a server that burns processor time in its handshake fails at the first look, in time and in cost', async () => {
  const progress = await gate(
    {
      base: await plainContestant('base'),
      head: await plainContestant('head', { BURN_MS: '5' }),
    },
    ['connect', 'server-cpu'],
  );
  expect(progress.verdict.outcome).toBe('fail');
  expect(progress.blocks).toHaveLength(12);
  expect(progress.verdict.metrics.map(({ verdict }) => verdict.outcome)).toEqual(['fail', 'fail']);
});

it('a server that was freed of the same burden passes', async () => {
  const progress = await gate(
    {
      base: await plainContestant('base', { BURN_MS: '5' }),
      head: await plainContestant('head'),
    },
    ['connect'],
  );
  expect(progress.verdict.outcome).toBe('pass');
  expect(progress.blocks).toHaveLength(8);
});

it('memory and throughput are measured where they are gated by', async () => {
  const stop = new AbortController();
  const seen: GateProgress[] = [];
  const running = runGate({
    contestants: { base: await plainContestant('base'), head: await plainContestant('head') },
    gated: chooseGated(['memory', 'throughput'], []),
    seed: 1,
    signal: stop.signal,
    blockPlan: shortBlocks,
    onBlock: (progress) => {
      seen.push(progress);
      stop.abort();
    },
  });
  await expect(running).rejects.toThrow(/abort/iu);
  const [block] = seen[0]?.blocks ?? [];
  for (const side of [block?.base, block?.head]) {
    expect(side?.memoryBytesPerConnection).toBeGreaterThan(1_024);
    expect(side?.memoryBytesPerConnection).toBeLessThan(1_048_576);
    expect(side?.roundTripsPerSecond).toBeGreaterThan(100);
  }
});

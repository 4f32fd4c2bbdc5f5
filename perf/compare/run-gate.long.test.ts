import { expect, it } from 'vitest';
import { chooseGated } from './choose-gated.ts';
import { runGate, type GateProgress } from './run-gate.ts';
import { plainContestant } from './testing/plain-contestant.ts';
import { shortBlocks, shortGate } from './testing/short-gate.ts';

it('a server that burns processor time in its handshake fails at the first look, in time and in cost', async () => {
  const progress = await shortGate(
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
  const progress = await shortGate(
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

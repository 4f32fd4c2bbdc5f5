import { expect, it } from 'vitest';
import type { Side } from '../side.ts';
import { alternate } from './alternate.ts';
import type { OperationOutcome } from './operation.ts';
import { randomOrder } from './random-order.ts';

const done = (connectMs: number): OperationOutcome => ({
  outcome: 'done',
  connectMs,
  firstMessageMs: null,
  roundTripMs: 1,
  messages: 2,
});

const stretch = { operations: 100, withinMs: 1_000, atLeast: 10 };

/** Runs a stretch on a clock that each operation moves on by `stepMs`. */
const run = async (
  stepMs: number,
  options: { readonly seed?: number; readonly outcome?: (side: Side) => OperationOutcome } = {},
): Promise<{ readonly order: Side[]; readonly result: Awaited<ReturnType<typeof alternate>> }> => {
  let nowMs = 0;
  const order: Side[] = [];
  const result = await alternate(
    (side) => {
      nowMs += stepMs;
      order.push(side);
      return Promise.resolve(options.outcome?.(side) ?? done(nowMs));
    },
    stretch,
    { clock: () => nowMs, isBaseFirst: randomOrder(options.seed ?? 1) },
  );
  return { order, result };
};

it('stops after the planned number of operations a side when they are quick', async () => {
  const { result } = await run(1);
  expect(result.base.attempted).toBe(100);
  expect(result.head.attempted).toBe(100);
});

it('stops when the time is up, with as many operations on either side', async () => {
  const { result } = await run(20);
  expect(result.base.attempted).toBe(25);
  expect(result.head.attempted).toBe(25);
});

it('goes on past the time until each side has its least number of operations', async () => {
  const { result } = await run(500);
  expect(result.base.attempted).toBe(10);
  expect(result.head.attempted).toBe(10);
});

it('does not wait for a side on which nothing succeeds as often as for one that is slow', async () => {
  const { result } = await run(500, {
    outcome: (side) => (side === 'head' ? { outcome: 'failed', reason: 'handshake-timeout' } : done(3)),
  });
  expect(result.head).toMatchObject({ attempted: 5, failures: { 'handshake-timeout': 5 } });
  expect(result.base.attempted).toBe(5);
});

it('runs one operation on each side in every round, and not always in the same order', async () => {
  const { order } = await run(1);
  const rounds = Array.from({ length: 100 }, (_, round) => order.slice(2 * round, 2 * round + 2));
  for (const round of rounds) expect(round.toSorted()).toEqual(['base', 'head']);
  const baseFirst = rounds.filter(([first]) => first === 'base').length;
  expect(baseFirst).toBeGreaterThan(25);
  expect(baseFirst).toBeLessThan(75);
});

it('draws the same orders from the same seed and others from another one', async () => {
  const first = await run(1, { seed: 7 });
  const again = await run(1, { seed: 7 });
  const other = await run(1, { seed: 8 });
  expect(again.order).toEqual(first.order);
  expect(other.order).not.toEqual(first.order);
});

it('counts failures by reason on the side where they happened, and takes no time from them', async () => {
  const { result } = await run(1, {
    outcome: (side) => (side === 'head' ? { outcome: 'failed', reason: 'unauthorized' } : done(3)),
  });
  expect(result.head).toMatchObject({ attempted: 100, connectMs: [], failures: { unauthorized: 100 } });
  expect(result.base).toMatchObject({ attempted: 100, failures: {} });
  expect(result.base.connectMs).toHaveLength(100);
});

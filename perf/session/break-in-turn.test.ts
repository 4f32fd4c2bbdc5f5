import { expect, test } from 'vitest';
import { breakInTurn } from './break-in-turn.ts';

const pauses = { afterSeconds: 0, lastingSeconds: 0.02, betweenSeconds: 0.01 };

const noting = (said: string[], name: string) => async () => {
  said.push(`${name} made`);
  return {
    undo: async () => {
      said.push(`${name} undone`);
    },
  };
};

test('faults are made and undone one after the other, and it is said when', async () => {
  const said: string[] = [];
  const breaks = { first: noting(said, 'first'), second: noting(said, 'second') };
  const outages = await breakInTurn(breaks, pauses, new AbortController().signal);
  expect(said).toEqual(['first made', 'first undone', 'second made', 'second undone']);
  expect(outages.map(({ name }) => name)).toEqual(['first', 'second']);
  const [first, second] = outages.map(({ brokenAt, mendedAt }) => [brokenAt.getTime(), mendedAt.getTime()]);
  // Timers may fire a millisecond early, and the wall clock has whole ones.
  expect((first?.[1] ?? 0) - (first?.[0] ?? 0)).toBeGreaterThanOrEqual(18);
  expect((second?.[0] ?? 0) - (first?.[1] ?? 0)).toBeGreaterThanOrEqual(8);
});

test('a fault that lasts when all is called off is undone, and no other is made', async () => {
  const said: string[] = [];
  const calledOff = new AbortController();
  const breaks = {
    first: async () => {
      calledOff.abort(new Error('called off'));
      return noting(said, 'first')();
    },
    second: noting(said, 'second'),
  };
  await expect(breakInTurn(breaks, { ...pauses, lastingSeconds: 60 }, calledOff.signal)).rejects.toThrow();
  expect(said).toEqual(['first made', 'first undone']);
});

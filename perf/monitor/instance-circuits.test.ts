import { expect, test } from 'vitest';
import type { CircuitState } from '../observe/server-metrics.ts';
import { InstanceCircuits } from './instance-circuits.ts';

type Said = readonly [startedAtEpochMs: number | null, circuit: CircuitState | null];

/** What each look gives, from 100 s on, every 5 s. */
const looksAt = (said: readonly Said[]): (CircuitState | null)[] => {
  const circuits = new InstanceCircuits();
  return said.map(([startedAtEpochMs, circuit], index) =>
    circuits.worst({ startedAtEpochMs, circuit }, 100_000 + 5_000 * index),
  );
};

test('of two instances in turns, an open circuit of one stays until it says otherwise itself', () => {
  const [one, two] = [1_000, 2_000];
  expect(
    looksAt([
      [one, 'closed'],
      [two, 'open'],
      [one, 'closed'],
      [one, 'closed'],
      [two, 'half-open'],
      [one, 'closed'],
      [two, 'closed'],
      [one, 'closed'],
    ]),
  ).toEqual(['closed', 'open', 'open', 'open', 'half-open', 'half-open', 'closed', 'closed']);
});

test('a server that was started anew says nothing of what it was before', () => {
  expect(
    looksAt([
      [1_000, 'open'],
      [103_000, 'closed'],
    ]),
  ).toEqual(['open', 'closed']);
});

test('an instance that no look has met for long is forgotten', () => {
  const closed = Array.from({ length: 12 }, (): Said => [1_000, 'closed']);
  const standings = looksAt([[2_000, 'open'], ...closed]);
  expect(standings.slice(0, -1).every((standing) => standing === 'open')).toBe(true);
  expect(standings.at(-1)).toBe('closed');
});

test('without a start of the process, or without a circuit, a look stands for itself', () => {
  expect(
    looksAt([
      [null, 'open'],
      [null, 'closed'],
      [1_000, null],
    ]),
  ).toEqual(['open', 'closed', null]);
});

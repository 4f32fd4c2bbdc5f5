import { assert, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { assertSteps, highestGood, nextLevel, type TriedLevel } from './capacity-search.ts';

const searchAll = (
  steps: Parameters<typeof nextLevel>[0],
  holds: (connections: number) => boolean,
): TriedLevel[] => {
  const tried: TriedLevel[] = [];
  for (let level = nextLevel(steps, tried); level !== null; level = nextLevel(steps, tried)) {
    expect(tried.map(({ connections }) => connections)).not.toContain(level);
    tried.push({ connections: level, outcome: holds(level) ? 'met' : 'broken' });
  }
  return tried;
};

/** The obvious way: every number from 1 up. */
const linearSearch = (maximum: number, holds: (connections: number) => boolean): number => {
  let highest = 0;
  while (highest < maximum && holds(highest + 1)) highest += 1;
  return highest;
};

const steps = record({
  startConnections: integer({ min: 1, max: 300 }),
  maximumConnections: integer({ min: 1, max: 600 }),
  stepConnections: integer({ min: 1, max: 120 }),
});

test('the search ends within a tenth of a step of what a linear search finds, and never above it', () => {
  assert(
    property(steps, integer({ min: 0, max: 700 }), (given, trueCapacity) => {
      const holds = (connections: number): boolean => connections <= trueCapacity;
      const found = highestGood(searchAll(given, holds)) ?? 0;
      const exact = linearSearch(given.maximumConnections, holds);
      expect(found).toBeLessThanOrEqual(exact);
      expect(exact - found).toBeLessThan(Math.max(1, Math.floor(given.stepConnections / 10)) || 1);
    }),
  );
});

test('of a server that holds by chance, the result is below every level that did not hold', () => {
  assert(
    property(steps, integer(), (given, seed) => {
      const tried = searchAll(given, (connections) => (connections * 2_654_435_761 + seed) % 7 > 2);
      const found = highestGood(tried);
      for (const { connections, outcome } of tried)
        if (outcome !== 'met') expect(found ?? 0).toBeLessThan(connections);
    }),
  );
});

test.for([
  { startConnections: 10, maximumConnections: 50, stepConnections: 0 },
  { startConnections: 10, maximumConnections: 50, stepConnections: Number.NaN },
  { startConnections: 0, maximumConnections: 50, stepConnections: 10 },
  { startConnections: 10, maximumConnections: 2.5, stepConnections: 10 },
])('a search that would never end, or tries no whole number, is refused: $stepConnections', (given) => {
  expect(() => {
    assertSteps(given);
  }).toThrow(/whole numbers of connections, at least 1/u);
});

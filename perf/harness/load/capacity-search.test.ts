import { expect, test } from 'vitest';
import { highestGood, nextLevel } from './capacity-search.ts';

const steps = { startConnections: 10, maximumConnections: 35, stepConnections: 10 };
const good = (...levels: number[]) => levels.map((connections) => ({ connections, outcome: 'met' }));
const bad = (...levels: number[]) => levels.map((connections) => ({ connections, outcome: 'broken' }));

test.for([
  { tried: [], next: 10, found: null },
  { tried: good(10), next: 20, found: 10 },
  { tried: good(10, 20, 30), next: 35, found: 30 },
  { tried: good(10, 20, 30, 35), next: null, found: 35 },
  { tried: [...good(10), ...bad(20)], next: 15, found: 10 },
  { tried: [...good(10, 15), ...bad(20)], next: 17, found: 15 },
  { tried: [...good(10, 17), ...bad(18)], next: null, found: 17 },
  { tried: bad(10), next: 5, found: null },
  { tried: bad(10, 5, 2, 1), next: null, found: null },
  { tried: [...good(10, 30), ...bad(20)], next: 15, found: 10 },
])('after $tried comes $next, and the highest good level is $found', ({ tried, next, found }) => {
  expect(nextLevel(steps, tried)).toBe(next);
  expect(highestGood(tried)).toBe(found);
});

import { expect, test } from 'vitest';
import { OpeningQueue } from './opening-queue.ts';
import { TurnBudget } from './turn-budget.ts';

test('those who ask start in the order of their asking, and all are counted', async () => {
  const queue = new OpeningQueue(() => 0);
  const started: number[] = [];
  const indices = Array.from({ length: 100 }, (_, index) => index);
  await Promise.all(indices.map((index) => queue.turn().then(() => started.push(index))));
  expect(started).toEqual(indices);
  expect(queue.report().started).toBe(100);
});

test('short turns start more and more, up to the most', async () => {
  const queue = new OpeningQueue(() => 0, new TurnBudget({ first: 2, max: 16 }));
  await Promise.all(Array.from({ length: 300 }, () => queue.turn()));
  expect(queue.report()).toMatchObject({ startsPerTurn: { min: 2, max: 16 }, turnMs: { max: 0 } });
});

test('turns that take long start fewer, down to one', async () => {
  let nowMs = 0;
  const queue = new OpeningQueue(() => (nowMs += 5), new TurnBudget({ first: 8, min: 1 }));
  await Promise.all(Array.from({ length: 40 }, () => queue.turn()));
  expect(queue.report()).toMatchObject({ startsPerTurn: { min: 1, median: 1, max: 8 } });
});

import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrivals } from './arrivals.ts';
import { churnSchedule } from './churn-schedule.ts';
import { arrivalsOfKind } from './testing/random-arrivals.ts';

test('each place is taken from its first attempt to the end, by one connection after another', () => {
  assert(
    property(arrivalsOfKind('churn'), (arrivals) => {
      const lives = churnSchedule(arrivals);
      for (let place = 0; place < arrivals.connections; place += 1) {
        let freeAtMs = place * arrivals.delayMs;
        for (const life of lives.filter((one) => one.place === place)) {
          expect(life.dueAtMs).toBe(freeAtMs);
          freeAtMs = life.endsAtMs;
        }
        expect(freeAtMs).toBe(Math.max(arrivals.durationMs, place * arrivals.delayMs));
      }
    }),
  );
});

const churn = (seed: number, life: Extract<Arrivals, { kind: 'churn' }>['life']) =>
  ({ kind: 'churn', connections: 50, delayMs: 10, durationMs: 200_000, life, seed }) as const;

test('the same seed gives the same lives, another seed gives others', () => {
  const life = { kind: 'exponential', meanMs: 1_000 } as const;
  expect(churnSchedule(churn(7, life))).toEqual(churnSchedule(churn(7, life)));
  expect(churnSchedule(churn(7, life))).not.toEqual(churnSchedule(churn(8, life)));
});

const livesOf = (life: Extract<Arrivals, { kind: 'churn' }>['life']): number[] =>
  churnSchedule(churn(1, life))
    // The last life of each place is cut short by the end of the load.
    .filter(({ endsAtMs }) => endsAtMs < 200_000)
    .map(({ dueAtMs, endsAtMs }) => endsAtMs - dueAtMs);

const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

test('exponential lives have their mean, and a share of 1/e is longer than it', () => {
  const lives = livesOf({ kind: 'exponential', meanMs: 1_000 });
  expect(mean(lives)).toBeCloseTo(1_000, -2);
  const longer = lives.filter((lifeMs) => lifeMs > 1_000).length / lives.length;
  expect(longer).toBeCloseTo(1 / Math.E, 1);
});

test('uniform lives fill the stretch between their limits evenly', () => {
  const lives = livesOf({ kind: 'uniform', minimumMs: 500, maximumMs: 1_500 });
  expect(Math.min(...lives)).toBeGreaterThanOrEqual(499.999);
  expect(Math.max(...lives)).toBeLessThanOrEqual(1_500.001);
  for (const decile of [600, 800, 1_000, 1_200, 1_400])
    expect(lives.filter((lifeMs) => lifeMs < decile).length / lives.length).toBeCloseTo(
      (decile - 500) / 1_000,
      1,
    );
});

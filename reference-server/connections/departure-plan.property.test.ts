import { assert, integer, pre, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planDepartures } from './departure-plan.ts';

const plans = record({
  count: integer({ min: 1, max: 3_000 }),
  drainMs: integer({ min: 0, max: 60_000 }),
  reconnectSpreadMs: integer({ min: 0, max: 60_000 }),
});

/** The largest number of points in any of ten equal parts of a span. */
const fullestTenth = (points: readonly number[], spanMs: number): number =>
  Math.max(
    ...Array.from(
      { length: 10 },
      (_, part) =>
        points.filter((point) => point >= (part * spanMs) / 10 && point < ((part + 1) * spanMs) / 10).length,
    ),
  );

describe('the departures of a draining server', () => {
  it('lie within the draining, one after another, the first at once', () => {
    assert(
      property(plans, ({ count, ...spread }) => {
        const times = planDepartures(count, spread).map(({ atMs }) => atMs);
        expect(times).toHaveLength(count);
        expect(times[0]).toBe(0);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.at(-1)).toBeLessThanOrEqual(spread.drainMs);
      }),
    );
  });

  it('bring no tenth of the draining, nor of the time to come back, more than its share and two', () => {
    assert(
      property(plans, ({ count, ...spread }) => {
        pre(spread.drainMs >= 10 && spread.reconnectSpreadMs >= 1_000);
        const departures = planDepartures(count, spread);
        const most = Math.ceil(count / 10) + 2;
        expect(
          fullestTenth(
            departures.map(({ atMs }) => atMs),
            spread.drainMs,
          ),
        ).toBeLessThanOrEqual(most);
        expect(
          fullestTenth(
            departures.map(({ reconnectAfterMs }) => reconnectAfterMs),
            spread.reconnectSpreadMs,
          ),
        ).toBeLessThanOrEqual(most + Math.ceil(count / 100));
      }),
    );
  });

  it('come back as soon as they like where the time to come back is 0', () => {
    const departures = planDepartures(50, { drainMs: 1_000, reconnectSpreadMs: 0 });
    expect(new Set(departures.map(({ reconnectAfterMs }) => reconnectAfterMs))).toEqual(new Set([0]));
  });
});

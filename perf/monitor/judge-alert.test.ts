import { array, assert, constantFrom, double, integer, option, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlertRule } from './alert-rules.ts';
import { calm, judgeAlert, type AlertState } from './judge-alert.ts';

const rule: AlertRule = { alert: 'connect-time', raiseAbove: 1, forMs: 10_000, clearBelow: 0.5 };

/** How the alert stands after each value, one every 5 s: `.` calm, `?` pending, `!` raised. */
const course = (values: readonly (number | null)[], given: Partial<AlertRule> = {}): string => {
  let state: AlertState = calm;
  const signs = { calm: '.', pending: '?', raised: '!' };
  return values
    .map((value, index) => {
      state = judgeAlert({ ...rule, ...given }, state, value, index * 5_000);
      return signs[state.kind];
    })
    .join('');
};

describe('an alert above 1 for 10 s, cleared below 0.5', () => {
  test.each([
    ['is raised once it was above for long enough', [2, 2, 2, 2], '??!!'],
    ['is not raised by what is at the threshold', [1, 1, 1, 1], '....'],
    ['begins anew after one value that is not above', [2, 2, 1, 2, 2, 2], '??.??!'],
    ['stays raised between the thresholds', [2, 2, 2, 0.9, 0.5, 1.1, 0.6], '??!!!!!'],
    ['is cleared below the lower one', [2, 2, 2, 0.49], '??!.'],
    ['is not raised by swinging about the upper one', [1.1, 0.9, 1.1, 0.9, 1.1], '?.?.?'],
    ['stays as it is without a value', [2, null, 2, null, 0.4], '??!!.'],
    ['is not raised by time alone', [2, null, null, null], '????'],
    ['takes a failure for more than any threshold', [Infinity, Infinity, Infinity], '??!'],
    ['does not know what is no number', [NaN, 2, NaN, 2], '.??!'],
  ])('%s', (_fact, values, expected) => {
    expect(course(values)).toBe(expected);
  });

  test('without a time to hold it is raised at once', () => {
    expect(course([0, 2, 0.9, 0.4, 2], { forMs: 0 })).toBe('.!!.!');
  });
});

test('it is raised only above, cleared only below, and never both within the two thresholds', () => {
  const values = array(option(double({ min: 0, max: 3, noNaN: true }), { nil: null }), { maxLength: 60 });
  assert(
    property(
      values,
      integer({ min: 0, max: 30_000 }),
      constantFrom(0.2, 0.5, 1),
      (stream, forMs, clearBelow) => {
        const judged: AlertRule = { ...rule, forMs, clearBelow };
        let state: AlertState = calm;
        for (const [index, value] of stream.entries()) {
          const after = judgeAlert(judged, state, value, index * 5_000);
          if (state.kind !== 'raised' && after.kind === 'raised') expect(value).toBeGreaterThan(1);
          if (state.kind === 'raised' && after.kind !== 'raised') expect(value).toBeLessThan(clearBelow);
          if (after.kind === 'raised') expect(index * 5_000 - after.sinceMs).toBeGreaterThanOrEqual(forMs);
          state = after;
        }
      },
    ),
    { numRuns: 500 },
  );
});

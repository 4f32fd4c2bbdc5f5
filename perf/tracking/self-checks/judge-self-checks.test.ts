import { array, assert, boolean, property } from 'fast-check';
import { expect, test } from 'vitest';
import { judgeSelfChecks, type SelfCheck } from './judge-self-checks.ts';

/** One character a gate: `x` failed. */
const checksOf = (gates: string): readonly SelfCheck[] =>
  gates.split('').map((gate, index) => ({
    startedAt: new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString(),
    hasFailed: gate === 'x',
  }));
const good = (count: number): string => '.'.repeat(count);

test.each([
  ['no gate at all', '', 'armed'],
  ['one false alarm, the very first gate', 'x', 'armed'],
  ['two of two', 'xx', 'disarmed'],
  ['one of five', '....x', 'armed'],
  ['two of fifteen', `x${good(13)}x`, 'disarmed'],
  ['two of sixteen: p = .0109', `x${good(14)}x`, 'armed'],
  ['three of forty-four: p = .0098', `x${good(41)}xx`, 'disarmed'],
  ['three of forty-five: p = .0104', `x${good(42)}xx`, 'armed'],
  ['one that is more than a hundred gates ago', `x${good(100)}x`, 'armed'],
  ['a bad night, and 28 good gates', `xx${good(28)}`, 'disarmed'],
  ['a bad night, and 29 good gates', `xx${good(29)}`, 'armed'],
  ['a failure among the good ones', `xx${good(20)}x${good(28)}`, 'disarmed'],
  ['one more failure after it was armed again', `xx${good(29)}x`, 'armed'],
  ['a second bad night', `xx${good(29)}xx`, 'disarmed'],
])('%s: %s is %s', (_title, gates, state) => {
  expect(judgeSelfChecks(checksOf(gates)).state).toBe(state);
});

test('a disarmed gate says what disarmed it, since when, and what it takes to arm it again', () => {
  expect(judgeSelfChecks(checksOf('..xx...'))).toEqual({
    state: 'disarmed',
    since: '2026-01-01T03:00:00.000Z',
    gates: 4,
    failures: 2,
    probability: expect.closeTo(0.000592, 6) as number,
    cleanGates: 3,
    neededGates: 29,
  });
});

test('the order in which the gates are given does not matter', () => {
  assert(
    property(array(boolean(), { maxLength: 60 }), (failed) => {
      const checks = checksOf(failed.map((one) => (one ? 'x' : '.')).join(''));
      expect(judgeSelfChecks(checks.toReversed())).toEqual(judgeSelfChecks(checks));
    }),
  );
});

test('gates without a failure never disarm it', () => {
  expect(judgeSelfChecks(checksOf(good(500)))).toEqual({
    state: 'armed',
    gates: 100,
    failures: 0,
    probability: 1,
  });
});

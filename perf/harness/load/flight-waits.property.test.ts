import { array, assert, boolean, integer, nat, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { FlightWaits } from './flight-waits.ts';

/** Flights by the samples between which they begin and end, among so many that the oldest are added up on the way. */
const flights = array(
  record({ from: nat(9_999), length: integer({ min: 1, max: 6_000 }), counts: boolean() }),
  { minLength: 1, maxLength: 30 },
);

const sampleCount = 16_000;
const waitOf = (index: number): number => (index * 7) % 50;

test('the mean is that of the means of all flights that count', () => {
  assert(
    property(flights, (given) => {
      const waits = new FlightWaits<number>();
      for (let index = 0; index <= sampleCount; index += 1) {
        for (const [flight, { from, length, counts }] of given.entries()) {
          if (from + length === index) waits.end(flight, 0, counts);
          if (from === index) waits.begin(flight, 0);
        }
        if (index < sampleCount) waits.sample(waitOf(index));
      }
      const means = given
        .filter(({ counts }) => counts)
        .map(({ from, length }) => {
          const own = Array.from({ length }, (_, offset) => waitOf(from + offset));
          return own.reduce((sum, waitMs) => sum + waitMs, 0) / length;
        });
      const report = waits.report();
      if (means.length === 0) expect(report).toBeNull();
      else expect(report?.meanMs).toBeCloseTo(means.reduce((sum, mean) => sum + mean, 0) / means.length, 6);
    }),
    { numRuns: 30 },
  );
});

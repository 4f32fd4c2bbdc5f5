import { array, assert, constantFrom, double, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { estimateOffset } from './clock-offset.ts';

const startEpochMs = 1_640_995_200_000;

test('the true offset is never farther away than the uncertainty says, however lopsided the exchanges', () => {
  const way = double({ min: 0, max: 400, noNaN: true });
  const exchange = record({ pauseMs: way, thereMs: way, backMs: way });
  const anyOffsetMs = double({ min: -1e6, max: 1e6, noNaN: true });
  assert(
    property(
      anyOffsetMs,
      constantFrom(0, 1, 1_000),
      array(exchange, { minLength: 1, maxLength: 12 }),
      (offsetMs, resolutionMs, ways) => {
        let atMs = startEpochMs;
        const exchanges = ways.map(({ pauseMs, thereMs, backMs }) => {
          const askedAtEpochMs = atMs + pauseMs;
          const readMs = askedAtEpochMs + thereMs + offsetMs;
          const serverAtEpochMs =
            resolutionMs === 0 ? readMs : Math.floor(readMs / resolutionMs) * resolutionMs;
          atMs = askedAtEpochMs + thereMs + backMs;
          return { askedAtEpochMs, serverAtEpochMs, answeredAtEpochMs: atMs };
        });
        const estimate = estimateOffset(exchanges);
        expect(Math.abs((estimate?.offsetMs ?? Number.NaN) - offsetMs)).toBeLessThanOrEqual(
          // A float of epoch ms is exact to a quarter of a microsecond.
          (estimate?.uncertaintyMs ?? 0) + 0.002,
        );
      },
    ),
  );
});

const exchange = (roundTripMs: number, serverAheadMs: number) => ({
  askedAtEpochMs: startEpochMs,
  answeredAtEpochMs: startEpochMs + roundTripMs,
  serverAtEpochMs: startEpochMs + roundTripMs / 2 + serverAheadMs,
});

test('the shortest exchange is the one that is taken', () => {
  expect(estimateOffset([exchange(80.5, 30), exchange(4.5, 20), exchange(300.5, -90)])).toEqual({
    offsetMs: 20,
    uncertaintyMs: 2.25,
    roundTripMs: 4.5,
    exchanges: 3,
  });
});

test('a clock that says whole ms only is taken in the middle of its ms', () => {
  const exchanges = [1, 2, 3].map((second) => ({
    askedAtEpochMs: startEpochMs + second * 1_000 + 0.25,
    answeredAtEpochMs: startEpochMs + second * 1_000 + 0.75,
    serverAtEpochMs: startEpochMs + second * 1_000 + 7,
  }));
  expect(estimateOffset(exchanges)).toMatchObject({ offsetMs: 7, uncertaintyMs: 0.75 });
});

test('without an exchange there is no estimate', () => {
  expect(estimateOffset([])).toBeNull();
});

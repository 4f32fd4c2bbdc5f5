import { expect, test } from 'vitest';
import { thinSeries } from './thin-series.ts';

const thin = (series: readonly { readonly atMs: number; readonly open: number }[]) =>
  thinSeries(series, ({ open }) => open);

test('the series of a day is thinned, and keeps its ends, its order, its lowest and its highest point', () => {
  const series = Array.from({ length: 345_600 }, (_, index) => ({
    atMs: index * 250,
    open: index === 77_777 ? 900 : index === 200_001 ? 1 : 500,
  }));
  const thinned = thin(series);
  expect(thinned.length).toBeLessThanOrEqual(1_200);
  expect(thinned.length).toBeGreaterThanOrEqual(599);
  expect([thinned[0], thinned.at(-1)]).toEqual([series[0], series.at(-1)]);
  const open = thinned.map((one) => one.open);
  expect([Math.max(...open), Math.min(...open)]).toEqual([900, 1]);
  expect(thinned).toEqual(thinned.toSorted((a, b) => a.atMs - b.atMs));
});

test('a series of 1,200 points is left as it is', () => {
  const series = Array.from({ length: 1_201 }, (_, index) => ({ atMs: index, open: index % 7 }));
  expect(thin(series.slice(1))).toEqual(series.slice(1));
  expect(thin(series).length).toBeLessThanOrEqual(1_200);
});

import type { Chart } from './chart.ts';
import { formatChartValue } from './format-chart-value.ts';
import { htmlTable } from './html-table.ts';
import type { Markup } from './markup.ts';

/** The figures that a chart draws, place by place. */
export const chartTable = ({ title, x, y, at, series }: Chart): Markup =>
  htmlTable(
    title,
    [{ title: x.label }, ...series.map(({ label }) => ({ title: label, align: 'right' }) as const)],
    at.map((place, index) => [
      formatChartValue(x, place),
      ...series.map(({ values, axis = 0 }) => formatChartValue(y[axis] ?? x, values[index] ?? null)),
    ]),
  );

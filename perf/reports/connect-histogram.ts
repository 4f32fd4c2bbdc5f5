import { connectTime } from '../harness/metrics/catalogue.ts';
import type { Summary } from '../harness/metrics/samples.ts';
import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import { histogramBins } from './histogram-bins.ts';

/** Of fewer values a histogram shows nothing that the percentiles do not. */
const fewestSamples = 5;
const mostBins = 10;
const longestBar = 40;
/** A bar is worth drawing from so many columns on. */
const shortestBar = 8;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** A bar to an eighth of a column; something is never drawn as nothing. */
const bar = (share: number, width: number): string => {
  const length = share === 0 ? 0 : Math.max(1, Math.round(share * width * eighths.length));
  return `${'█'.repeat(Math.floor(length / eighths.length))}${eighths[length % eighths.length] ?? ''}`;
};

/** How the connect times were spread, as bars over a logarithmic scale; no lines for few. */
export const connectHistogram = (summary: Summary, width: number): readonly string[] => {
  const samples = summary[connectTime.name];
  if (samples?.kind !== 'trend' || samples.count < fewestSamples) return [];
  const bins = histogramBins(samples, mostBins);
  const most = Math.max(0, ...bins.map(({ count }) => count));
  if (most === 0) return [];
  const edges = bins.map(({ from, until }) =>
    [from, until].map((edge) => formatQuantity(edge, samples.unit)),
  );
  const edgeWidth = Math.max(...edges.flat().map(({ length }) => length));
  const countWidth = String(most).length;
  const barWidth = Math.min(longestBar, width - 2 * edgeWidth - countWidth - 9);
  return [
    'Connect times, from … to, on a logarithmic scale',
    ...bins.map(({ count }, place) => {
      const range = (edges[place] ?? []).map((edge) => edge.padStart(edgeWidth)).join(' … ');
      const drawn = barWidth < shortestBar ? '' : bar(count / most, barWidth);
      return `  ${range}  ${String(count).padStart(countWidth)}  ${drawn}`.trimEnd();
    }),
  ];
};

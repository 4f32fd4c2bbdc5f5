import type { Shift } from '../tracking/statistics/estimate-shift.ts';
import type { ComparedMetric } from './compared-metric.ts';

const mostDigits = 4;

/** `+4.2`, `−1.0`, `0.0`: with the minus sign of mathematics. */
const signed = (text: string): string =>
  Number(text) === 0 ? text.replace('-', '') : text.startsWith('-') ? text.replace('-', '−') : `+${text}`;

/** The change of head against base in percent, of a loss as a natural logarithm. */
const percentOf = (logLoss: number, better: ComparedMetric['better']): number =>
  100 * Math.expm1(better === 'lower' ? logLoss : -logLoss);

/** The change in percent without its sign, to one decimal, `7.1`, and none where it is 0, `5`. */
export const changeSize = (logLoss: number, better: ComparedMetric['better']): string =>
  String(Number(Math.abs(percentOf(logLoss, better)).toFixed(1)));

/** The same for a bound that was set as a ratio of the worse to the better side: `+5 %`, or `−9.1 %` where lower is worse. */
export const limitSize = (ratio: number, better: ComparedMetric['better']): string =>
  changeSize(Math.log1p(ratio), better);

/** `+0.4 %`: the estimated change of head against base. */
export const formatEstimate = (logLoss: number, better: ComparedMetric['better']): string =>
  `${signed(percentOf(logLoss, better).toFixed(1))} %`;

const roundOutward = (low: number, high: number, digits: number): readonly [string, string] => {
  const scale = 10 ** digits;
  return [
    (Math.floor(low * scale) / scale).toFixed(digits),
    (Math.ceil(high * scale) / scale).toFixed(digits),
  ];
};

/**
 * `−1.6 … +2.4 %`: the interval of the change, rounded outward so that it never looks narrower than it is, and with as many
 * digits as it takes for a bound to stay on its side of what it was judged by (`edges`, logarithms).
 */
export const formatInterval = (
  { lower, upper }: Shift,
  better: ComparedMetric['better'],
  edges: readonly number[],
): string => {
  const [low = 0, high = 0] = [lower, upper]
    .map((bound) => percentOf(bound, better))
    .toSorted((a, b) => a - b);
  const percentEdges = edges.map((edge) => percentOf(edge, better));
  for (let digits = 1; ; digits += 1) {
    const [lowText, highText] = roundOutward(low, high, digits);
    const crossesEdge = percentEdges.some(
      (edge) => (low > edge && Number(lowText) <= edge) || (high < edge && Number(highText) >= edge),
    );
    if (!crossesEdge || digits === mostDigits) return `${signed(lowText)} … ${signed(highText)} %`;
  }
};

const withDigits = (value: number, digits: number): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** `0.91` and `0.97`: at least two digits that count, three from 1 on, and as many more as it takes to tell both apart. */
export const formatPair = (base: number, head: number): readonly [string, string] => {
  const exponent = Math.floor(Math.log10(Math.min(base, head)));
  const fewest = Math.max(0, (exponent >= 0 ? 2 : 1) - exponent);
  for (let digits = fewest; ; digits += 1) {
    const texts = [withDigits(base, digits), withDigits(head, digits)] as const;
    if (texts[0] !== texts[1] || digits === fewest + mostDigits) return texts;
  }
};

/** How a value is written on an axis and in a legend. */
export type ChartFormat =
  | 'ms'
  | 'seconds'
  | 'count'
  | 'per-second'
  | 'bytes'
  | 'ratio'
  /** A natural logarithm of a ratio, written as a change in percent. */
  | 'log-ratio'
  /** −log10(1 − percentile/100): each nine takes the same room. */
  | 'nines'
  /** A number with the unit that `unit` names. */
  | 'unit'
  /** The place in `names`. */
  | 'name';

/** One axis. */
export interface ChartAxis {
  readonly label: string;
  readonly format: ChartFormat;
  readonly unit?: string;
  readonly names?: readonly string[];
  readonly scale?: 'linear' | 'log';
  /** What is shown at least; null: as the values are. */
  readonly from?: number | null;
  readonly until?: number | null;
}

/** One line, one value for each place of the chart; null: none there. */
export interface ChartSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** Which of the palette's colours. */
  readonly color: 1 | 2 | 3 | 4;
  /** `steady`: a line whose places are nothing by themselves; `hidden`: in the legend and in bands alone. */
  readonly draw: 'line' | 'steady' | 'steps' | 'bars' | 'points' | 'dashes' | 'hidden';
  /** 1: by the second vertical axis. */
  readonly axis?: 0 | 1;
}

/** What one chart draws: plain data, read by `chartScript`. */
export interface Chart {
  /** Unique in its page. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows in a sentence, for those who do not see it. */
  readonly summary: string;
  readonly x: ChartAxis;
  /** One or two. */
  readonly y: readonly ChartAxis[];
  readonly at: readonly number[];
  readonly series: readonly ChartSeries[];
  /** Vertical lines. */
  readonly marks?: readonly { readonly at: number; readonly text: string }[];
  /** Horizontal lines. */
  readonly limits?: readonly { readonly value: number; readonly text: string }[];
  /** The band between two series, by their places. */
  readonly band?: readonly [upper: number, lower: number];
  /** Where a click on each place leads to. */
  readonly urls?: readonly (string | null)[];
  /** Charts that share it share their cursor. */
  readonly sync?: string;
  readonly heightPx?: number;
}

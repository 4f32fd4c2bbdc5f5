import { formatEstimate, formatInterval } from '../compare/format-change.ts';

/** A comparison under way, as far as it is shown. */
export interface ComparisonUnderWay {
  readonly blocks: number;
  readonly mostBlocks: number;
  readonly estimates: readonly {
    readonly title: string;
    readonly better: 'lower' | 'higher';
    readonly shift: { readonly estimate: number; readonly lower: number; readonly upper: number } | null;
  }[];
}

/** One line: how far it is, and how narrow the intervals have become. */
export const comparisonProgress = ({
  blocks,
  mostBlocks,
  estimates,
}: ComparisonUnderWay): readonly string[] => {
  const standing = estimates.map(({ title, better, shift }) =>
    shift === null
      ? `${title} …`
      : `${title} ${formatEstimate(shift.estimate, better)} (${formatInterval(shift, better, [])})`,
  );
  return [`block ${String(blocks)} of at most ${String(mostBlocks)} · ${standing.join(' · ')}`];
};

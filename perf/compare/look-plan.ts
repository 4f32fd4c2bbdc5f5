import { signedRankCritical } from '../tracking/statistics/signed-rank.ts';

/** One planned look at the blocks measured so far: bounds may err with `alpha` there, one-sided. */
export interface Look {
  readonly blocks: number;
  readonly alpha: number;
}

/** What base and head take turns in: single operations, or slices of a second or two where operations can not alternate. */
export type Alternation = 'operations' | 'slices';

/** How likely a gate may fail with no change, one-sided, over all its metrics and looks. */
export const familyAlpha = 0.01;
const spentAtLook = [0.4, 0.3, 0.3];

// The more metrics share the error, the more blocks it takes to see the same change: z(α)/√k at the last look stays about
// where it is with three. Six and more are beyond the simulated plans, and get one that holds this up to about ten.
const blocksByMetrics: readonly { readonly upTo: number; readonly blocks: readonly number[] }[] = [
  { upTo: 1, blocks: [8, 12, 20] },
  { upTo: 3, blocks: [12, 18, 28] },
  { upTo: 5, blocks: [14, 20, 32] },
  { upTo: Infinity, blocks: [16, 24, 36] },
];
const blocksOfSlices: typeof blocksByMetrics = [
  { upTo: 5, blocks: [14, 20, 32] },
  { upTo: Infinity, blocks: [16, 24, 32] },
];

/**
 * When one metric of a gate over `gatedMetrics` is looked at: α of .01 divided by the metrics (Bonferroni) and spent over the
 * looks. A look at which no bound exists at its α is left out.
 */
export const planLooks = (gatedMetrics: number, alternation: Alternation = 'operations'): readonly Look[] => {
  const rows = alternation === 'operations' ? blocksByMetrics : blocksOfSlices;
  const blocks = rows.find(({ upTo }) => gatedMetrics <= upTo)?.blocks ?? [];
  return blocks
    .map((count, look) => ({ blocks: count, alpha: (familyAlpha / gatedMetrics) * (spentAtLook[look] ?? 0) }))
    .filter((look) => signedRankCritical(look.blocks, look.alpha) !== null);
};

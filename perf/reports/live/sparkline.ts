const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A share of 0 to 1 as a block of that height; something is never drawn as nothing. */
const blockOf = (share: number): string =>
  blocks[Math.min(blocks.length, Math.max(1, Math.round(share * blocks.length))) - 1] ?? ' ';

/**
 * Values as blocks, one for each, up to the largest of them. They begin at 0, and what is 0 or less is a space; or at the
 * `lowest` of them, where what matters is how they changed. What is not known is a space.
 */
export const sparkline = (values: readonly (number | null)[], from: 'zero' | 'lowest' = 'zero'): string => {
  const known = values.filter((value) => value !== null);
  const start = from === 'zero' ? 0 : Math.min(...known);
  const range = Math.max(start, ...known) - start;
  const blockFor = (value: number | null): string => {
    if (value === null || (from === 'zero' && value <= 0)) return ' ';
    return blockOf(range === 0 ? 0 : (value - start) / range);
  };
  return values.map(blockFor).join('');
};

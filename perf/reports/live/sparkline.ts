const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A share of 0 to 1 as a block of that height; something is never drawn as nothing. */
export const blockOf = (share: number): string =>
  blocks[Math.min(blocks.length, Math.max(1, Math.round(share * blocks.length))) - 1] ?? ' ';

/** Values as blocks from 0 to the largest of them, one for each; what is 0 or not known is a space. */
export const sparkline = (values: readonly (number | null)[]): string => {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return values.map((value) => (value === null || value <= 0 ? ' ' : blockOf(value / largest))).join('');
};

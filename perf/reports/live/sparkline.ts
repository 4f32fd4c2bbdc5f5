const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Values as blocks from 0 to the largest of them, one for each; what is 0 or not known is a space. */
export const sparkline = (values: readonly (number | null)[]): string => {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return values
    .map((value) => {
      if (value === null || value <= 0) return ' ';
      // Something is never drawn as nothing.
      const eighths = Math.max(1, Math.round((value / largest) * blocks.length));
      return blocks[eighths - 1] ?? ' ';
    })
    .join('');
};

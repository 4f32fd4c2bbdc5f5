import { printable, printableLine } from '../../reports/printable.ts';

/** Prints lines, made safe: they may hold what others wrote into the branch. */
export const print = (lines: readonly string[]): void => {
  for (const line of lines) process.stdout.write(`${printable(line).replaceAll('\n', ' ').trimEnd()}\n`);
};

const mostWarnings = 20;

/** Prints what did not go as it should and is no reason to stop, one line each; of very many the first, and how many more. */
export const printWarnings = (warnings: readonly string[]): void => {
  const more = warnings.length - mostWarnings;
  const lines = [
    ...warnings.slice(0, mostWarnings),
    ...(more > 0 ? [`… and ${String(more)} more like these`] : []),
  ];
  for (const line of lines) process.stderr.write(`ws-perf-gate: ${printableLine(line)}\n`);
};

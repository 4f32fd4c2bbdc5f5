import { printable, printableLine } from '../../reports/printable.ts';

/** Prints lines, made safe: they may hold what others wrote into the branch. */
export const print = (lines: readonly string[]): void => {
  for (const line of lines) process.stdout.write(`${printable(line).replaceAll('\n', ' ').trimEnd()}\n`);
};

/** Prints what did not go as it should and is no reason to stop, one line each. */
export const printWarnings = (warnings: readonly string[]): void => {
  for (const warning of warnings) process.stderr.write(`ws-perf-gate: ${printableLine(warning)}\n`);
};

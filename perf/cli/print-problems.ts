import { printableLine } from '../reports/printable.ts';
import { exitCodes } from './exit-code.ts';

/** Prints one line for each problem, and returns the exit code of wrong usage. */
export const printProblems = (problems: readonly string[]): number => {
  for (const problem of problems) process.stderr.write(`ws-perf-gate: ${printableLine(problem)}\n`);
  return exitCodes.notMeasured;
};

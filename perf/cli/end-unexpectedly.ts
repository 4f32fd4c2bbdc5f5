import { exitCodes } from './exit-code.ts';

/**
 * Ends the process after an error that nobody expected: nothing was measured, and by Node's own exit code it would read as a
 * broken promise. What was started ends with this process, by itself.
 */
export const endUnexpectedly = (error: unknown): never => {
  // With its stack, over several lines, a code or not: it is a fault to be mended.
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`ws-perf-gate: An unexpected error ended the run.\n${said}\n`);
  process.exit(exitCodes.notMeasured);
};

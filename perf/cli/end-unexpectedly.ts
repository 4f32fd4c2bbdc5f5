import { exitCodes } from './exit-code.ts';
import { messageOf } from './message-of.ts';

/**
 * Ends the process after an error that nobody expected: nothing was measured, and by Node's own exit code it would read as a
 * broken promise. What was started ends with this process, by itself.
 */
export const endUnexpectedly = (error: unknown): never => {
  // With its stack, over several lines: it is a fault to be mended.
  process.stderr.write(`ws-perf-gate: An unexpected error ended the run.\n${messageOf(error)}\n`);
  process.exit(exitCodes.notMeasured);
};

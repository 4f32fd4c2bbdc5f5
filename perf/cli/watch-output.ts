import { setImmediate } from 'node:timers/promises';
import { exitCodes } from './exit-code.ts';
import { printProblems } from './print-problems.ts';

/** What became of standard output. */
export interface OutputWatch {
  /** The command is over: its exit code, which where output was lost is no longer that of a promise met. */
  exitCodeAfter(exitCode: number): Promise<number>;
}

/**
 * Watches standard output, whose failures would else end the process in the middle of a measurement, by the exit code of a
 * broken promise. On a full disk the measurement goes on; when nobody reads any more, as behind `| head`, it ends as by SIGTERM.
 */
export const watchOutput = (): OutputWatch => {
  let lost: string | null = null;
  let isOver = false;
  process.stdout.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
    if (lost !== null) return;
    lost = code;
    if (code !== 'EPIPE')
      printProblems([`Standard output can not be written (${code}): what follows may be missing in it.`]);
    else if (!isOver) process.kill(process.pid, 'SIGTERM');
  });
  // What can not be said there can not be said at all.
  process.stderr.on('error', () => undefined);
  return {
    exitCodeAfter: async (exitCode) => {
      isOver = true;
      // What became of the last lines is heard a turn later.
      await setImmediate();
      const isIncomplete = lost !== null && lost !== 'EPIPE';
      return isIncomplete && exitCode === exitCodes.met ? exitCodes.notMeasured : exitCode;
    },
  };
};

import { redactSecrets, type Redact } from '../harness/record/redact.ts';
import type { ComparisonUnderWay } from '../reports/comparison-progress.ts';
import type { Terminal } from '../reports/terminal.ts';
import { exitCodes } from './exit-code.ts';
import { messageOf } from './message-of.ts';
import { openTerminal } from './open-terminal.ts';
import { printProblems } from './print-problems.ts';
import type { Environment } from './read-target.ts';
import { listenForStop } from './stop-signals.ts';

/** What a measurement on the command line prints to, and hears when it is to stop. */
export interface Measuring {
  readonly terminal: Terminal;
  readonly redact: Redact;
  readonly signal: AbortSignal;
  /** Hears of every block that is over. */
  readonly onBlock: (reached: ComparisonUnderWay) => void;
}

/** Around what is measured. */
export interface StopOptions {
  /** Never printed. */
  readonly secrets: readonly string[];
  readonly environment: Environment;
  /** What to say when it was stopped, of the newest block that was over. */
  readonly whenStopped: (reached: ComparisonUnderWay | null) => readonly string[];
}

/** Measures until it is done or stopped, says why where it fails, and returns the exit code. */
export const measureWithStop = async (
  { secrets, environment, whenStopped }: StopOptions,
  measure: (measuring: Measuring) => Promise<number>,
): Promise<number> => {
  const redact = redactSecrets(secrets);
  const terminal = openTerminal(redact, environment);
  const stopped = new AbortController();
  const ended = Promise.withResolvers<void>();
  const reached: { last: ComparisonUnderWay | null } = { last: null };
  const signals = listenForStop(stopped, {
    // What is under way hears it by the signal, and takes its servers down.
    stop: () => Promise.resolve(),
    // Work trees and folders are removed by what is ending already; it is given the time that a forced exit has.
    force: () => ended.promise,
    say: (line) => {
      terminal.print([line]);
    },
  });
  try {
    return await measure({
      terminal,
      redact,
      signal: stopped.signal,
      onBlock: (progress) => {
        reached.last = progress;
      },
    });
  } catch (error) {
    terminal.clear();
    if (!stopped.signal.aborted) return printProblems([redact(messageOf(error))]);
    terminal.print(whenStopped(reached.last));
    return exitCodes.interrupted;
  } finally {
    ended.resolve();
    signals[Symbol.dispose]();
  }
};

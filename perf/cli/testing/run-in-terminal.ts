import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openScreen, type Screen } from '../../reports/live/testing/screen.ts';
import { userEnvironment } from './user-environment.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const rows = 30;
const lookEveryMs = 20;

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The command line at work in a terminal. */
export interface TerminalRun {
  readonly screen: Screen;
  readonly exited: Promise<number>;
  /** Types into the terminal. */
  readonly type: (keys: string) => void;
  /** Resolves with the lines of the screen as soon as they are as wanted; rejects when the command ends before. */
  readonly until: (isWanted: (lines: readonly string[]) => boolean) => Promise<readonly string[]>;
}

/** Runs the command line in a pseudo-terminal of this many columns (`script` of util-linux), and shows it on a screen. */
export const runInTerminal = (
  argumentList: readonly string[],
  { cwd, columns }: { readonly cwd: string; readonly columns: number },
): TerminalRun => {
  const screen = openScreen(columns, rows);
  const command = [process.execPath, main, ...argumentList].map(quote).join(' ');
  const child = spawn(
    'script',
    ['-qfec', `stty cols ${String(columns)} rows ${String(rows)}; exec ${command}`, '/dev/null'],
    { cwd, env: { ...userEnvironment(), TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' } },
  );
  child.stdout.setEncoding('utf8').on('data', screen.write);
  const exited = once(child, 'close').then(([exitCode]) => exitCode as number);
  let hasExited = false;
  const noted = exited.finally(() => {
    hasExited = true;
  });
  return {
    screen,
    exited: noted,
    type: (keys) => {
      child.stdin.write(keys);
    },
    until: async (isWanted) => {
      for (;;) {
        const wasOver = hasExited;
        const lines = await screen.lines();
        if (isWanted(lines)) return lines;
        if (wasOver) throw new Error(`The command ended before that:\n${lines.join('\n')}`);
        await sleep(lookEveryMs);
      }
    },
  };
};

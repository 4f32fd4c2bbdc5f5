import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { markedProcesses } from './marked-processes.ts';
import { userEnvironment } from './user-environment.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const pollMs = 20;
/** What ends by itself when its parent is gone has this long for it, ms. */
const allGoneWithinMs = 15_000;

/** How a command ended. */
export interface CommandEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What a command left behind that was its own: nothing, when all is well. */
export interface LeftBehind {
  /** Command lines. */
  readonly processes: readonly string[];
  /** Names in its folder for temporary files. */
  readonly temporaryFiles: readonly string[];
  /** Names under `.perf` of what was not written to its end. */
  readonly parts: readonly string[];
}

/** `left()` of a command that left nothing. */
export const nothing: LeftBehind = { processes: [], temporaryFiles: [], parts: [] };

/** The command line at work, in a folder for temporary files of its own, which all that it starts inherits. */
export interface StartedCommand extends AsyncDisposable {
  readonly pid: number;
  readonly temporary: string;
  /** Everything it has printed, errors included. */
  output(): string;
  /** Resolves once it has printed this; rejects when it ends before. */
  printed(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Nobody reads its standard output any more. */
  stopReading(): void;
  readonly ended: Promise<CommandEnd>;
  /** What is left of it, once it has ended and what ends after it had the time to. */
  left(): Promise<LeftBehind>;
}

/** How it is started, beside its arguments. */
export interface StartOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A command that gets the command line as its last arguments, as `sh -c '… exec "$@"' sh` does. */
  readonly within?: readonly string[];
  /** An open file in place of the pipe that its output is read from. */
  readonly stdout?: number;
}

/** Where Node finds what it has compiled, which is no file of one run. */
const compileCache = join(tmpdir(), 'node-compile-cache');

/** An empty file by which all users of Testcontainers on a machine wait for each other; it is theirs, and stays. */
const isLockOfTestcontainers = (name: string): boolean => /^testcontainers-node-\d+\.lock$/u.test(name);

/** Names of files under a folder, at any depth. */
export const filesUnder = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true }).catch((): string[] => [])).toSorted();

/** Starts the command line as a user does, and can tell what it leaves behind. */
export const startCommand = async (
  argumentList: readonly string[],
  { cwd, environment = {}, within = [], stdout }: StartOptions,
): Promise<StartedCommand> => {
  const temporary = join(cwd, 'tmp');
  await mkdir(temporary, { recursive: true });
  const [command = '', ...rest] = [...within, process.execPath, main, ...argumentList];
  const child = spawn(command, rest, {
    cwd,
    env: { ...userEnvironment(), NODE_COMPILE_CACHE: compileCache, TMPDIR: temporary, ...environment },
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started.`);
  // Not before its output was read to the end.
  const ended = once(child, 'close').then(([exitCode, signal]): CommandEnd => ({
    exitCode: exitCode as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    temporary,
    output: () => output,
    printed: async (pattern) => {
      while (!pattern.test(output)) {
        if (isOver()) throw new Error(`The command ended before it printed ${String(pattern)}:\n${output}`);
        await sleep(pollMs);
      }
    },
    kill: (signal) => {
      child.kill(signal);
    },
    stopReading: () => {
      child.stdout?.destroy();
    },
    ended,
    [Symbol.asyncDispose]: async () => {
      if (!isOver()) child.kill('SIGKILL');
      await ended;
    },
    left: async () => {
      await ended;
      const giveUpAtMs = performance.now() + allGoneWithinMs;
      while (markedProcesses('TMPDIR', temporary).length > 0 && performance.now() < giveUpAtMs)
        await sleep(pollMs);
      return {
        processes: markedProcesses('TMPDIR', temporary).map(({ commandLine }) => commandLine),
        temporaryFiles: (await filesUnder(temporary)).filter((name) => !isLockOfTestcontainers(name)),
        parts: (await filesUnder(join(cwd, '.perf'))).filter((name) => name.endsWith('.part')),
      };
    },
  };
};

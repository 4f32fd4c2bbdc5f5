import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { userEnvironment } from './user-environment.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** How a run of the command line ended. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What differs from a plain run in the repository. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Sent to the command once it is known. */
  readonly signalled?: Promise<NodeJS.Signals>;
  /** Interrupts it, as Ctrl-C does, as soon as it has printed this. */
  readonly interruptedAt?: RegExp;
}

/** Runs the command line as a user does, without the environment's own PERF_ variables, CI or colours. */
export const runCommand = (
  argumentList: readonly string[],
  { cwd, environment = {}, signalled, interruptedAt }: CommandOptions = {},
): Promise<CommandResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...argumentList], {
      ...(cwd !== undefined && { cwd }),
      env: { ...userEnvironment(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let isInterrupted = false;
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      if (isInterrupted || interruptedAt?.test(stdout) !== true) return;
      isInterrupted = true;
      child.kill('SIGINT');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
    });
    signalled?.then((signal) => child.kill(signal), reject);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode, stdout, stderr });
    });
  });

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** How a call of git ended. */
export interface GitResult {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What git is given beside its arguments. */
export interface GitOptions {
  readonly cwd: string;
  /** Written to its standard input. */
  readonly input?: Iterable<string | Buffer> | AsyncIterable<string | Buffer>;
}

// Messages are read by callers, so they must be in one language; and our calls must not start a clean-up of the user's clone.
const fixedArguments = ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false', '-c', 'core.quotePath=false'];

const credentials = /(?<scheme>:\/\/)[^/@\s]+@/gu;

/** Runs git and waits for its end, whatever that is; null where there is no git on the PATH. */
export const spawnGit = async (
  argumentList: readonly string[],
  { cwd, input = [] }: GitOptions,
): Promise<GitResult | null> => {
  // Git goes there itself: of a folder that is gone the start of a program would say that there is no such program.
  const child = spawn('git', ['-C', cwd, ...fixedArguments, ...argumentList], {
    env: { ...process.env, LC_ALL: 'C', LANGUAGE: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const closed = once(child, 'close') as Promise<[number | null]>;
  // Git may end before it has read everything; its exit code then says why.
  const written = pipeline(Readable.from(input), child.stdin).catch((error: unknown) => {
    if (!['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  });
  try {
    const [[exitCode]] = await Promise.all([closed, written]);
    return {
      exitCode,
      stdout: Buffer.concat(stdout),
      stderr: Buffer.concat(stderr).toString('utf8').replaceAll(credentials, '$<scheme>'),
    };
  } catch (error) {
    child.kill();
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
};

/** The sentence of git's that says what went wrong. */
export const lastWordOfGit = (stderr: string): string => {
  const lines = stderr.split('\n').map((line) => line.trim());
  const said =
    lines.find((line) => /^(?:fatal|error): /u.test(line)) ?? lines.findLast((line) => line !== '');
  return said?.replace(/^(?:fatal|error): /u, '') ?? 'git said nothing';
};

/** What git printed, without the last line break. */
export const printedByGit = ({ stdout }: Pick<GitResult, 'stdout'>): string =>
  stdout.toString('utf8').trimEnd();

/** What a call that failed comes to, in git's own words. */
export const describeGitFailure = (
  argumentList: readonly string[],
  { exitCode, stderr }: Pick<GitResult, 'exitCode' | 'stderr'>,
): string => `git ${argumentList[0] ?? ''} ended with ${String(exitCode)}: ${lastWordOfGit(stderr)}`;

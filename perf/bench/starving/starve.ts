import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a generator is held up with on purpose, to see whether it notices. */
export type Starvation =
  | 'nothing'
  /** Two processes that compute on each core. */
  | 'busy-neighbours'
  /** Generator, server and a process that computes share one core. */
  | 'one-core'
  | 'blocked-loop'
  | 'garbage';

/** How the generator's process is started for it. */
export const starvingArguments = (starvation: Starvation): readonly string[] =>
  starvation === 'blocked-loop' || starvation === 'garbage'
    ? ['--import', new URL(`./${starvation}.ts`, import.meta.url).href]
    : [];

const pinToOneCore = async (pid: number): Promise<void> => {
  await promisify(execFile)('taskset', ['--all-tasks', '--cpu-list', '--pid', '0', String(pid)]);
};

const startSpinner = (): ChildProcess =>
  fork(fileURLToPath(new URL('./spinner.ts', import.meta.url)), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

const neighboursOf = (starvation: Starvation): number => {
  if (starvation === 'busy-neighbours') return 2 * availableParallelism();
  return starvation === 'one-core' ? 1 : 0;
};

/** Takes the machine away from the processes under load while the work lasts. */
export const whileStarved = async <Result>(
  starvation: Starvation,
  pids: readonly number[],
  work: () => Promise<Result>,
): Promise<Result> => {
  const spinners = Array.from({ length: neighboursOf(starvation) }, startSpinner);
  const exits = spinners.map((spinner) => once(spinner, 'exit'));
  try {
    if (starvation === 'one-core') {
      const all = [...pids, ...spinners.flatMap(({ pid }) => pid ?? [])];
      await Promise.all(all.map(pinToOneCore));
    }
    return await work();
  } finally {
    for (const spinner of spinners) spinner.kill('SIGKILL');
    await Promise.all(exits);
  }
};

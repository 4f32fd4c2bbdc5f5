import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineRecord } from '../../harness/record/run-record.ts';
import type { HistoryRecord } from './history-record.ts';

/** What a record says of the machine and the CI job it was measured by. */
export type Surroundings = Pick<HistoryRecord, 'machine' | 'attempt' | 'jobUrl'>;

type Environment = Readonly<Record<string, string | undefined>>;

const lockfiles = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'npm-shrinkwrap.json'];

const readLockfileHash = async (root: string): Promise<string | null> => {
  for (const file of lockfiles) {
    const content = await readFile(join(root, file)).catch(() => null);
    if (content !== null) return createHash('sha256').update(content).digest('hex').slice(0, 16);
  }
  return null;
};

/** PERF_RUNNER_CLASS, else what GitHub says of its runner, else what the machine is by itself. */
const runnerClass = (environment: Environment, { cpuModel, cores, platform }: MachineRecord): string => {
  const given = environment['PERF_RUNNER_CLASS'] ?? '';
  if (given !== '') return given.slice(0, 200);
  const parts = ['RUNNER_ENVIRONMENT', 'ImageOS', 'RUNNER_ARCH'].flatMap((name) => environment[name] || []);
  const text =
    environment['GITHUB_ACTIONS'] === 'true' && parts.length > 0
      ? `github ${parts.join(' ')}`
      : `local ${platform}, ${String(cores)} × ${cpuModel}`;
  return text.slice(0, 200);
};

const jobUrl = (environment: Environment): string | null => {
  const {
    GITHUB_SERVER_URL: server = '',
    GITHUB_REPOSITORY: repository = '',
    GITHUB_RUN_ID: run = '',
  } = environment;
  if (server === '' || repository === '' || run === '') return null;
  return `${server}/${repository}/actions/runs/${run}`;
};

/** Describes the machine and the CI job that a run was measured by. */
export const readSurroundings = async (
  machine: MachineRecord,
  environment: Environment,
  root: string,
): Promise<Surroundings> => ({
  machine: {
    cpuModel: machine.cpuModel.slice(0, 2_000),
    cores: machine.cores,
    platform: machine.platform,
    node: machine.node,
    lockfileHash: await readLockfileHash(root),
    runnerClass: runnerClass(environment, machine),
  },
  attempt: Math.max(1, Math.trunc(Number(environment['GITHUB_RUN_ATTEMPT'])) || 1),
  jobUrl: jobUrl(environment),
});

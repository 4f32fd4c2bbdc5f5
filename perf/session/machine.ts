import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { MachineRecord } from '../harness/record/run-record.ts';

// One up in the repository (perf/session), one more in the package (dist/perf/session).
const packageFiles = ['../../package.json', '../../../package.json'];

const readPackageVersion = async (): Promise<string> => {
  for (const file of packageFiles) {
    const text = await readFile(new URL(file, import.meta.url), 'utf8').catch(() => null);
    if (text === null) continue;
    const { name, version } = JSON.parse(text) as { name?: string; version?: string };
    if (name === 'ws-perf-gate' && version !== undefined) return version;
  }
  return 'unknown';
};

const readCommit = async (): Promise<string | null> => {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', 'HEAD']);
    return stdout.trim();
  } catch {
    // No git, or no repository: the record says so by null.
    return null;
  }
};

/** The facts about this machine and this checkout that a result depends on. */
export const readMachine = async (): Promise<MachineRecord> => {
  const [packageVersion, commit] = await Promise.all([readPackageVersion(), readCommit()]);
  const processors = cpus();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    packageVersion,
    commit,
  };
};

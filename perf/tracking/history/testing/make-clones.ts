import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '../../../../fixtures/targets/testing/target-request.ts';
import { keepHistoryRecord } from '../keep-history-record.ts';
import type { HistoryRecord } from '../history-record.ts';
import { historyDirectory } from '../local-records.ts';

/** Runs git as a user does, and returns what it printed. */
export const runGit = async (cwd: string, ...argumentList: readonly string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)('git', argumentList, { cwd });
  return stdout.trimEnd();
};

/** A bare repository with two commits on `main`, and where clones of it can lie. */
export interface Hub {
  readonly folder: string;
  readonly bare: string;
  /** Clones it, with these options of `git clone`, and returns the clone's folder. */
  readonly clone: (name: string, ...options: readonly string[]) => Promise<string>;
  /** Installs a hook of the bare repository, a shell script. */
  readonly hook: (name: string, script: string) => Promise<void>;
}

const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@localhost'];

/** Makes a hub that lives as long as the test that asks for it. */
export const makeHub = async (): Promise<Hub> => {
  const folder = await temporaryDirectory();
  const bare = join(folder, 'hub.git');
  const first = join(folder, 'first');
  await runGit(folder, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  await runGit(folder, 'clone', '--quiet', bare, first);
  await writeFile(join(first, 'package.json'), '{ "name": "measured" }');
  await writeFile(join(first, '.gitignore'), '.perf/\n');
  await runGit(first, 'add', '.');
  for (const message of ['First', 'Second']) {
    await runGit(first, ...identity, 'commit', '--quiet', '--allow-empty', '--message', message);
  }
  await runGit(first, 'push', '--quiet', 'origin', 'HEAD:main');
  return {
    folder,
    bare,
    clone: async (name, ...options) => {
      const clone = join(folder, name);
      // A file: address, so that --depth is not ignored.
      await runGit(folder, 'clone', '--quiet', ...options, `file://${bare}`, clone);
      return clone;
    },
    hook: async (name, script) => {
      const file = join(bare, 'hooks', name);
      await mkdir(join(bare, 'hooks'), { recursive: true });
      await writeFile(file, `#!/bin/sh\n${script}\n`);
      await chmod(file, 0o755);
    },
  };
};

/** Puts records into a clone's folder, as a run leaves them. */
export const keepRecords = (clone: string, records: readonly HistoryRecord[]): void => {
  for (const record of records) keepHistoryRecord(historyDirectory(clone), record);
};

/** The paths on a branch of the hub. */
export const pathsOnBranch = async ({ bare }: Hub, branch = 'perf-data'): Promise<readonly string[]> =>
  (await runGit(bare, 'ls-tree', '-r', '--name-only', branch)).split('\n').filter((path) => path !== '');

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A git repository that lives as long as the test that makes it. */
export interface TestRepository {
  readonly root: string;
  /** Runs git in it and returns what it printed. */
  readonly git: (...given: readonly string[]) => string;
  /** Writes files and commits them; returns the commit. */
  readonly commit: (files: Readonly<Record<string, string>>) => Promise<string>;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
}

/** Makes an empty repository whose branch is `main`, untouched by the user's own git settings. */
export const makeRepository = async (): Promise<TestRepository> => {
  const root = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const environment = {
    PATH: process.env['PATH'],
    HOME: root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.invalid',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.invalid',
  };
  const git = (...given: readonly string[]): string =>
    execFileSync('git', ['-C', root, ...given], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString('utf8')
      .trimEnd();
  const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
  };
  git('init', '--quiet', '--initial-branch', 'main');
  return {
    root,
    git,
    write,
    commit: async (files) => {
      await write(files);
      git('add', '--all');
      git('commit', '--quiet', '--message', 'change');
      return git('rev-parse', 'HEAD');
    },
  };
};

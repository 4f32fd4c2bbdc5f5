import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { HistoryError } from './history-error.ts';
import type { HistoryBranch } from './history-branch.ts';
import { historyDirectory, listLocalRecords } from './local-records.ts';
import { pruneHistory } from './prune-history.ts';
import { pullHistory } from './pull-history.ts';
import { pushHistory, type PushResult } from './push-history.ts';
import { recordPath } from './record-path.ts';
import { keepRecords, makeHub, pathsOnBranch, runGit } from './testing/make-clones.ts';
import { makeComparisonRecord, makeScenariosRecord } from './testing/make-history-record.ts';

const branchOf = (cwd: string): HistoryBranch => ({ cwd, remote: 'origin', branch: 'perf-data' });
const push = (clone: string): Promise<PushResult> =>
  pushHistory(branchOf(clone), { directory: historyDirectory(clone), policy: null });
const pull = (clone: string): ReturnType<typeof pullHistory> =>
  pullHistory(branchOf(clone), historyDirectory(clone));
const localPaths = (clone: string): Promise<readonly string[]> => listLocalRecords(historyDirectory(clone));

/** Everything of a clone that a user could see change: branches, tags, HEAD, index and files. */
const whatUsersSee = async (clone: string): Promise<string> =>
  [
    // As any push does, ours notes where the remote's branch is: refs/remotes/origin/perf-data.
    ...(await runGit(clone, 'for-each-ref'))
      .split('\n')
      .filter(
        (line) => !/refs\/(?:ws-perf-gate\/(?:fetched|synced)\/|remotes\/origin\/perf-data$)/u.test(line),
      ),
    await runGit(clone, 'rev-parse', 'HEAD', '--is-shallow-repository'),
    await runGit(clone, 'status', '--porcelain=v2', '--branch'),
    await runGit(clone, 'ls-files', '--stage'),
    await runGit(clone, 'config', '--list', '--local'),
    (await readdir(join(clone, '.git'))).filter((name) => name !== 'shallow').join(' '),
  ].join('\n');

const pruneAll = (clone: string, isCompacting = false): ReturnType<typeof pruneHistory> =>
  pruneHistory(branchOf(clone), {
    directory: historyDirectory(clone),
    policy: { keepDays: 0, keepPerMonth: 0 },
    isDryRun: false,
    isCompacting,
  });

test('what one clone pushes another one pulls, byte for byte', async () => {
  const hub = await makeHub();
  const [here, there] = [await hub.clone('here'), await hub.clone('there')];
  const records = [makeScenariosRecord({ index: 1 }), makeComparisonRecord({ index: 2 })];
  keepRecords(here, records);
  expect(await push(here)).toMatchObject({ pushed: records.map(recordPath), conflicting: [], tries: 1 });
  expect(await pull(there)).toMatchObject({ hasBranch: true, total: 2, brought: 2, removed: 0 });
  expect(await localPaths(there)).toEqual(await localPaths(here));
  expect(await push(there)).toMatchObject({ pushed: [], commit: null });
});

test('the branch has no commit in common with the code', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here');
  keepRecords(here, [makeScenariosRecord()]);
  await push(here);
  await expect(runGit(hub.bare, 'merge-base', 'main', 'perf-data')).rejects.toThrow(/.*/u);
  expect(await pathsOnBranch(hub)).toEqual([recordPath(makeScenariosRecord())]);
});

test('each push is one commit on top of the one before, and keeps its files', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here');
  for (const index of [1, 2, 3]) {
    keepRecords(here, [makeScenariosRecord({ index })]);
    await push(here);
  }
  expect(await runGit(hub.bare, 'rev-list', '--count', 'perf-data')).toBe('3');
  expect(await pathsOnBranch(hub)).toHaveLength(3);
});

test.each([
  ['a whole clone', []],
  ['a shallow clone', ['--depth=1']],
  ['a clone of one branch', ['--single-branch']],
])('push and pull leave %s as it was but for objects and refs of their own', async (_what, options) => {
  const hub = await makeHub();
  const [here, there] = [await hub.clone('here', ...options), await hub.clone('there', ...options)];
  await writeFile(join(here, 'package.json'), 'changed');
  await runGit(here, 'add', 'package.json');
  await writeFile(join(here, 'package.json'), 'changed again');
  const before = [await whatUsersSee(here), await whatUsersSee(there)];
  keepRecords(here, [makeScenariosRecord({ index: 1 })]);
  keepRecords(there, [makeScenariosRecord({ index: 2 })]);
  await push(here);
  await push(there);
  await pull(here);
  expect([await whatUsersSee(here), await whatUsersSee(there)]).toEqual(before);
  expect(await localPaths(here)).toHaveLength(2);
});

test('a detached HEAD, nobody’s name and a folder inside the clone are enough to push', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here', '--depth=1');
  await runGit(here, 'checkout', '--quiet', '--detach');
  await runGit(here, 'config', 'user.useConfigOnly', 'true');
  await mkdir(join(here, 'inside'));
  keepRecords(here, [makeScenariosRecord()]);
  const result = await pushHistory(branchOf(join(here, 'inside')), {
    directory: historyDirectory(here),
    policy: null,
  });
  expect(result.pushed).toHaveLength(1);
});

test('a record that the branch has with another content is left local and named', async () => {
  const hub = await makeHub();
  const [here, there] = [await hub.clone('here'), await hub.clone('there')];
  keepRecords(here, [makeScenariosRecord({}, 5)]);
  keepRecords(there, [makeScenariosRecord({}, 7)]);
  await push(here);
  const before = await runGit(hub.bare, 'rev-parse', 'perf-data');
  expect(await push(there)).toMatchObject({ pushed: [], conflicting: [recordPath(makeScenariosRecord())] });
  expect(await runGit(hub.bare, 'rev-parse', 'perf-data')).toBe(before);
});

test('a damaged local record is named and not pushed', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here');
  const damaged = recordPath(makeScenariosRecord({ index: 2 }));
  keepRecords(here, [makeScenariosRecord({ index: 1 })]);
  await mkdir(dirname(join(historyDirectory(here), damaged)), { recursive: true });
  await writeFile(join(historyDirectory(here), damaged), '{"schema":');
  expect(await push(here)).toMatchObject({
    pushed: [recordPath(makeScenariosRecord({ index: 1 }))],
    unreadable: [{ path: damaged }],
  });
});

test('what lies on the branch beside records stays there and is not pulled', async () => {
  const hub = await makeHub();
  const [here, there] = [await hub.clone('here'), await hub.clone('there')];
  await runGit(there, 'checkout', '--quiet', '--orphan', 'perf-data');
  await runGit(there, 'rm', '-rfq', '.');
  await mkdir(join(there, 'runs', '2026', '01'), { recursive: true });
  await writeFile(join(there, 'README.md'), 'what this is');
  await symlink('/etc/passwd', join(there, recordPath(makeScenariosRecord({ index: 8 }))));
  await writeFile(join(there, 'runs', '2026', '01', 'notes.txt'), 'by hand');
  await runGit(there, 'add', '.');
  await runGit(there, '-c', 'user.name=x', '-c', 'user.email=x', 'commit', '-qm', 'by hand');
  await runGit(there, 'push', '--quiet', 'origin', 'perf-data');
  keepRecords(here, [makeScenariosRecord({ index: 1 })]);
  await push(here);
  expect(await pathsOnBranch(hub)).toHaveLength(4);
  await rm(historyDirectory(here), { recursive: true });
  expect(await pull(here)).toMatchObject({ brought: 1, total: 1 });
});

test('before the first push a pull says that there is no branch', async () => {
  const hub = await makeHub();
  expect(await pull(await hub.clone('here'))).toMatchObject({ hasBranch: false, total: 0 });
});

test('pruned records go from the branch and from the clones that had them, and do not come back', async () => {
  const hub = await makeHub();
  const [here, there] = [await hub.clone('here'), await hub.clone('there')];
  keepRecords(here, [makeScenariosRecord({ index: 1 })]);
  await push(here);
  await pull(there);
  expect(await pruneAll(here)).toMatchObject({
    pruned: [recordPath(makeScenariosRecord({ index: 1 }))],
    kept: 0,
  });
  expect(await localPaths(here)).toEqual([]);
  // Still there, but its next push must not bring it back.
  keepRecords(there, [makeScenariosRecord({ index: 2 })]);
  expect((await push(there)).pushed).toEqual([recordPath(makeScenariosRecord({ index: 2 }))]);
  expect(await pathsOnBranch(hub)).toHaveLength(1);
});

test('a clone that pulls after a pruning lets go of what was pruned', async () => {
  const hub = await makeHub();
  const [here, there] = [await hub.clone('here'), await hub.clone('there')];
  keepRecords(here, [makeScenariosRecord({ index: 1 })]);
  await push(here);
  await pull(there);
  await pruneAll(here);
  expect(await pull(there)).toMatchObject({ total: 0, removed: 1 });
  expect(await localPaths(there)).toEqual([]);
});

test('a compacting pruning leaves one commit, and other clones go on from it', async () => {
  const hub = await makeHub();
  const [here, there] = [await hub.clone('here'), await hub.clone('there')];
  const today = new Date().toISOString();
  for (const index of [1, 2]) {
    keepRecords(here, [makeScenariosRecord({ index })]);
    await push(here);
  }
  keepRecords(here, [makeScenariosRecord({ index: 3, startedAt: today })]);
  await push(here);
  await pull(there);
  await pruneAll(here, true);
  expect(await runGit(hub.bare, 'rev-list', '--count', 'perf-data')).toBe('1');
  keepRecords(there, [makeScenariosRecord({ index: 4, startedAt: today })]);
  expect((await push(there)).pushed).toHaveLength(1);
  expect(await pathsOnBranch(hub)).toHaveLength(2);
});

test('a policy prunes while it pushes, in the same commit', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here');
  keepRecords(here, [makeScenariosRecord({ index: 1 })]);
  await push(here);
  keepRecords(here, [makeScenariosRecord({ index: 2, startedAt: new Date().toISOString() })]);
  const result = await pushHistory(branchOf(here), {
    directory: historyDirectory(here),
    policy: { keepDays: 1, keepPerMonth: 0 },
  });
  expect(result).toMatchObject({ pushed: { length: 1 }, pruned: { length: 1 } });
  expect(await runGit(hub.bare, 'rev-list', '--count', 'perf-data')).toBe('2');
  expect(await pathsOnBranch(hub)).toHaveLength(1);
});

test('a remote that refuses is one error with what it said', async () => {
  const hub = await makeHub();
  await hub.hook('pre-receive', 'echo "protected branch" >&2; exit 1');
  const here = await hub.clone('here');
  keepRecords(here, [makeScenariosRecord()]);
  const pushing = push(here);
  await expect(pushing).rejects.toThrow(HistoryError);
  await expect(pushing).rejects.toThrow(/refused the branch perf-data.*protected branch.*--branch/u);
});

test('a remote that is gone is one error, for push and pull', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here');
  await rm(hub.bare, { recursive: true });
  keepRecords(here, [makeScenariosRecord()]);
  for (const work of [push, pull]) {
    await expect(work(here)).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE' });
  }
});

test('credentials in a remote’s address are not in the error', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here');
  const work = pullHistory(
    { cwd: here, remote: 'http://me:sEcReT@127.0.0.1:9/x.git', branch: 'perf-data' },
    historyDirectory(here),
  );
  await expect(work).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE' });
  await expect(work).rejects.not.toThrow(/sEcReT/u);
});

test.each([
  ['no repository', 'perf-data', 'NOT_A_REPOSITORY'],
  ['a branch that can not be named so', 'a..b', 'GIT_FAILED'],
])('%s is one error', async (what, branch, code) => {
  const cwd = what === 'no repository' ? await temporaryDirectory() : await (await makeHub()).clone('here');
  await expect(pullHistory({ cwd, remote: 'origin', branch }, historyDirectory(cwd))).rejects.toMatchObject({
    code,
  });
});

test('a push that is overtaken goes on top of the one that was quicker', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here');
  // As another push would, the hook moves the branch between our fetch and our push; once.
  await hub.hook(
    'pre-receive',
    `unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
     git rev-parse --quiet --verify refs/heads/perf-data && exit
     other=$(git -c user.name=x -c user.email=x commit-tree -m other "main^{tree}")
     git update-ref refs/heads/perf-data "$other"`,
  );
  keepRecords(here, [makeScenariosRecord()]);
  expect(await push(here)).toMatchObject({ pushed: { length: 1 }, tries: 2 });
  expect(await runGit(hub.bare, 'log', '--format=%s', 'perf-data')).toBe('Add 1 performance record\nother');
  expect(await pathsOnBranch(hub)).toContain('package.json');
});

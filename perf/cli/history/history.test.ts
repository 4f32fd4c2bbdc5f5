import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { historyDirectory, listLocalRecords } from '../../tracking/history/local-records.ts';
import { recordPath } from '../../tracking/history/record-path.ts';
import {
  keepRecords,
  makeHub,
  pathsOnBranch,
  runGit,
  type Hub,
} from '../../tracking/history/testing/make-clones.ts';
import {
  makeComparisonRecord,
  makeScenariosRecord,
} from '../../tracking/history/testing/make-history-record.ts';
import { runCommand, type CommandResult } from '../testing/run-command.ts';

const history = (cwd: string, ...argumentList: readonly string[]): Promise<CommandResult> =>
  runCommand(['history', ...argumentList], { cwd });

/** Clones that each hold records of their own, three each. */
const makePushers = async (hub: Hub, count: number): Promise<readonly string[]> => {
  const clones: string[] = [];
  for (let pusher = 0; pusher < count; pusher += 1) {
    const clone = await hub.clone(`pusher-${String(pusher)}`, '--depth=1');
    const indices = [0, 1, 2].map((record) => pusher * 3 + record);
    keepRecords(
      clone,
      indices.map((index) => makeScenariosRecord({ index })),
    );
    clones.push(clone);
  }
  return clones;
};

test.each([2, 4])('%i processes that push at the same time lose no file', async (count) => {
  const hub = await makeHub();
  const clones = await makePushers(hub, count);
  const results = await Promise.all(clones.map((clone) => history(clone, 'push')));
  for (const { exitCode, stderr } of results) expect([exitCode, stderr]).toEqual([0, '']);
  const local = await Promise.all(clones.map((clone) => listLocalRecords(historyDirectory(clone))));
  expect(await pathsOnBranch(hub)).toEqual(local.flat().toSorted());
  expect(await runGit(hub.bare, 'rev-list', '--count', 'perf-data')).toBe(String(count));
});

test('processes that push from one clone at the same time lose no file', async () => {
  const hub = await makeHub();
  const [clone = ''] = await makePushers(hub, 1);
  const results = await Promise.all([history(clone, 'push'), history(clone, 'push')]);
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(await pathsOnBranch(hub)).toHaveLength(3);
});

test('a compacting and pushes at the same time lose no file', async () => {
  const hub = await makeHub();
  const clones = await makePushers(hub, 3);
  const [first = '', second = '', third = ''] = clones;
  await history(first, 'push');
  const results = await Promise.all([
    history(first, 'prune', '--compact', '--keep-days', '100000'),
    history(second, 'push'),
    history(third, 'push'),
  ]);
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(await pathsOnBranch(hub)).toHaveLength(9);
});

test('a push that is interrupted leaves no trash here or there, and the next one goes through', async () => {
  const hub = await makeHub();
  const [clone = ''] = await makePushers(hub, 1);
  const reached = join(hub.folder, 'reached');
  const go = join(hub.folder, 'go');
  await hub.hook(
    'pre-receive',
    `touch ${reached}; for i in $(seq 600); do [ -e ${go} ] && exit; sleep 0.1; done`,
  );
  const seen = async (): Promise<NodeJS.Signals> => {
    for (;;) {
      if ((await readdir(hub.folder)).includes('reached')) return 'SIGKILL';
      await sleep(20);
    }
  };
  const refsBefore = await runGit(clone, 'for-each-ref');
  const filesBefore = await readdir(join(clone, '.git'));
  await runCommand(['history', 'push'], { cwd: clone, signalled: seen() });
  expect(await runGit(clone, 'for-each-ref')).toBe(refsBefore);
  expect(await readdir(join(clone, '.git'))).toEqual(filesBefore);
  expect(await runGit(clone, 'status', '--porcelain')).toBe('');
  await runGit(clone, 'fsck', '--strict');
  await writeFile(go, '');
  expect((await history(clone, 'push')).exitCode).toBe(0);
  expect(await pathsOnBranch(hub)).toHaveLength(3);
  await runGit(hub.bare, 'fsck', '--strict');
});

test('without git there is one line that says what to do', async () => {
  const hub = await makeHub();
  const clone = await hub.clone('here');
  const folder = await temporaryDirectory();
  const { exitCode, stderr } = await runCommand(['history', 'pull'], {
    cwd: clone,
    environment: { PATH: folder },
  });
  expect(stderr).toMatch(/^ws-perf-gate: git was not found on the PATH.*Install git.*\(GIT_MISSING\)$/mu);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(exitCode).toBe(2);
});

test.each([
  ['an unknown action', ['push-all'], /too many arguments.*overview|unknown command 'push-all'/u],
  ['an unknown option', ['list', '--metrics', 'x'], /unknown option '--metrics'.*--metric/u],
  ['no record here', ['list'], /There is no record in .*npm run perf/u],
  ['no such run', ['show'], /missing required argument/u],
])('%s is one line on standard error and exit code 2', async (_what, argumentList, line) => {
  const { exitCode, stdout, stderr } = await history(await temporaryDirectory(), ...argumentList);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

test('package.json names remote, branch and what is kept', async () => {
  const hub = await makeHub();
  const here = await hub.clone('here');
  await writeFile(
    join(here, 'package.json'),
    JSON.stringify({ 'ws-perf-gate': { history: { branch: 'timings', keepDays: 1, keepPerMonth: 0 } } }),
  );
  keepRecords(here, [makeScenariosRecord()]);
  expect((await history(here, 'push')).stdout).toMatch(/Pushed 1 record to timings of origin: /u);
  expect((await history(here, 'push')).stdout).toMatch(
    /Pushed 0 records to timings of origin, 1 pruned by policy/u,
  );
  expect(await pathsOnBranch(hub, 'timings')).toEqual([]);
});

test('list shows the judged figures, newest first, and names what it skipped', async () => {
  const folder = await temporaryDirectory();
  keepRecords(folder, [makeScenariosRecord({ index: 1 }, 600), makeComparisonRecord({ index: 2 }, 0.0686)]);
  const damaged = recordPath(makeScenariosRecord({ index: 3 }));
  await writeFile(join(historyDirectory(folder), damaged), '{');
  const { exitCode, stdout, stderr } = await history(folder, 'list');
  expect(stdout).toMatchInlineSnapshot(`
    "Date (UTC)        Commit      Scenario / metric                                 Value  Verdict
    2026-01-03 12:00  0000000300  connect p50 against reference  +7.1 % (+5.0 % … +9.3 %)  fail
    2026-01-02 12:00  0000000200  basic connectTime mean                           600 ms  broken (< 500 ms)
    "
  `);
  expect(stderr).toBe(`ws-perf-gate: ${damaged} was skipped: it is no JSON, or cut off\n`);
  expect(exitCode).toBe(0);
});

test('list filters, and writes JSON lines for programs', async () => {
  const folder = await temporaryDirectory();
  const records = [1, 2, 3].map((index) => makeScenariosRecord({ index }));
  keepRecords(folder, records);
  const lines = async (...filters: readonly string[]): Promise<number> =>
    (await history(folder, 'list', ...filters)).stdout.trimEnd().split('\n').length - 1;
  expect(await lines('--all', '--commit', '0000000300000003')).toBe(2);
  expect(await lines('--metric', 'connectSuccess', '--since', '2026-01-03')).toBe(2);
  const { stdout } = await history(folder, 'list', '--json');
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual(records);
});

test('what others wrote into the branch moves no cursor', async () => {
  const folder = await temporaryDirectory();
  const record = makeScenariosRecord();
  const nasty = '\u001B[2J\u001B]8;;http://x\u0007a\u202Eb\nc';
  keepRecords(folder, [
    {
      ...record,
      project: nasty,
      scenarios: record.scenarios.map((scenario) => Object.assign(scenario, { name: nasty })),
    },
  ]);
  for (const action of [['list'], ['show', record.runId]]) {
    const { stdout } = await history(folder, ...action);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(stdout).toMatch(/a.b c/u);
  }
});

test('show finds a run by its id and by its commit', async () => {
  const folder = await temporaryDirectory();
  const record = makeComparisonRecord({ index: 4 }, 0.03);
  keepRecords(folder, [record]);
  const byRun = await history(folder, 'show', record.runId);
  expect(byRun.stdout).toContain('comparison against reference 0000000000: pass, seed 42');
  expect(byRun.stdout).toMatch(/connect p50 against reference\s+\+3\.0 % \(\+1\.0 % … \+5\.1 %\)\s+pass/u);
  expect((await history(folder, 'show', record.commit.sha.slice(0, 8))).stdout).toBe(byRun.stdout);
  const other = await history(folder, 'show', 'ffff');
  expect(other.stderr).toMatch(/No run or commit here begins with "ffff"/u);
  expect(other.exitCode).toBe(2);
});

test('of very many damaged files the first are named, and how many more there are', async () => {
  const folder = await temporaryDirectory();
  keepRecords(folder, [makeScenariosRecord()]);
  for (let index = 1; index <= 25; index += 1) {
    await writeFile(join(historyDirectory(folder), recordPath(makeScenariosRecord({ index }))), '{');
  }
  const { stderr, exitCode } = await history(folder);
  expect(stderr.trimEnd().split('\n')).toHaveLength(21);
  expect(stderr).toContain('ws-perf-gate: … and 5 more like these');
  expect(exitCode).toBe(0);
});

test('a link where a record should be is not followed', async () => {
  const folder = await temporaryDirectory();
  const path = join(historyDirectory(folder), recordPath(makeScenariosRecord()));
  await mkdir(dirname(path), { recursive: true });
  await symlink('/etc/passwd', path);
  expect((await history(folder, 'list')).stderr).toMatch(/There is no record/u);
});

/** 40 commits, the last eight of them 6 % slower, and what a comparison said of that. */
const makeStep = async (confirmed: 'not' | 'yes' | 'unclear'): Promise<string> => {
  const folder = await temporaryDirectory();
  const commits = Array.from({ length: 40 }, (_none, index) =>
    makeComparisonRecord({ index }, 0.002 * (index % 3) + (index >= 32 ? 0.06 : 0)),
  );
  const confirmation = makeComparisonRecord(
    { index: 41, role: 'other', confirms: commits[32]?.commit.sha ?? '' },
    0.06,
  );
  const unclear = [42, 43, 44].map((index) => {
    const one = makeComparisonRecord({ index, role: 'other', confirms: confirmation.confirms ?? '' }, 0.06);
    const metrics = one.metrics.map((metric) => Object.assign(metric, { verdict: 'inconclusive' }));
    return Object.assign(one, { verdict: 'inconclusive', metrics });
  });
  const comparisons = { not: [], yes: [confirmation], unclear }[confirmed];
  keepRecords(folder, [...commits, ...comparisons]);
  return folder;
};

test('check: a step is a candidate, neutral unless it is strict, and says what to run', async () => {
  const folder = await makeStep('not');
  const { exitCode, stdout } = await history(folder, 'check');
  expect(stdout).toMatch(
    /CANDIDATE connect p50: 6\.\d % worse from 0000002100 on \(last good: 0000002000\)/u,
  );
  expect(stdout).toContain('npm run perf:compare -- --base 0000001f00');
  expect(exitCode).toBe(0);
  expect((await history(folder, 'check', '--strict')).exitCode).toBe(3);
});

test('check: a step that three comparisons could not tell is unclear, neutral unless it is strict', async () => {
  const folder = await makeStep('unclear');
  const { exitCode, stdout } = await history(folder, 'check');
  expect(stdout).toMatch(/UNCLEAR connect p50: .* Three paired comparisons could not tell/u);
  expect(stdout).toContain('Confirm at 0000002800: npm run perf:compare -- --base 0000001f00');
  expect(exitCode).toBe(0);
  expect((await history(folder, 'check', '--strict')).exitCode).toBe(3);
});

test('check: a confirmed step is an alert and exit code 1, for programs too', async () => {
  const folder = await makeStep('yes');
  const { exitCode, stdout } = await history(folder, 'check', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'ws-perf-gate/history-check',
    exitCode: 1,
    series: [{ title: 'connect p50', commits: 40, finding: { state: 'alert' } }],
  });
  expect(exitCode).toBe(1);
});

test('check: with few commits it is collecting, which is neutral unless it is strict', async () => {
  const folder = await temporaryDirectory();
  keepRecords(folder, [makeComparisonRecord({ index: 1 }), makeScenariosRecord({ index: 2 })]);
  const { exitCode, stdout } = await history(folder, 'check');
  expect(stdout).toMatch(/connect p50 .* collecting \(1 of 18\)/u);
  expect(stdout).toContain('hints, nothing fails by them');
  expect(exitCode).toBe(0);
  expect((await history(folder, 'check', '--strict')).exitCode).toBe(3);
});

test('without an action it checks and writes the page', async () => {
  const folder = await makeStep('yes');
  const { exitCode, stdout } = await history(folder);
  const page = join(historyDirectory(folder), 'index.html');
  expect(stdout).toMatch(/ALERT connect p50/u);
  expect(stdout).toContain(`Written: ${page}`);
  expect(await readFile(page, 'utf8')).toMatch(/<h3 id="[^"]+">connect p50<\/h3>/u);
  expect(exitCode).toBe(1);
});

test('chart of a history that has not begun is a page that says so, and no error', async () => {
  const folder = await temporaryDirectory();
  const { exitCode, stderr } = await history(folder, 'chart');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(await readFile(join(historyDirectory(folder), 'index.html'), 'utf8')).toContain(
    'nothing to show yet',
  );
});

test('chart writes where it is told, and one line when it can not', async () => {
  const folder = await temporaryDirectory();
  keepRecords(folder, [makeScenariosRecord()]);
  const { exitCode } = await history(folder, 'chart', '--output', 'trend.html');
  expect(exitCode).toBe(0);
  expect(await readFile(join(folder, 'trend.html'), 'utf8')).toContain('basic connectTime p50');
  const elsewhere = await history(folder, 'chart', '--output', '/nope/trend.html');
  expect(elsewhere.stderr).toMatch(/could not be written: .*ENOENT.*--output/u);
  expect(elsewhere.exitCode).toBe(2);
});

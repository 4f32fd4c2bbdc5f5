import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { exitCodes } from '../cli/exit-code.ts';
import { runCommand } from '../cli/testing/run-command.ts';
import type { ChangeFinding } from '../tracking/change-points/find-change.ts';
import { calibrateBurden } from './testing/calibrate-burden.ts';
import { makeServerHistory } from './testing/make-server-history.ts';
import { bundleReferenceServers } from './testing/reference-servers.ts';

// PERF_ACCEPTANCE_BURN_MS   busy work of the slower commit, ms, instead of calibrating it: for a look at the machinery

const commitCount = 30;
/** With 17 commits before it: 13 is the least that a search takes. */
const slowFrom = 17;
const foundWithinCommits = 8;
const burdenShare = 0.08;
/** Commits that the place of a step may be off by, before a bisection. */
const placeCommits = 1;
const longestSittingMs = 2 * 3_600_000;
const msPerSecond = 1_000;

/** As the tracking of a branch does: one gated metric, so that its first look is at 8 blocks. */
const gate = ['--target', 'process', '--gate', 'connect'];

const findBurnMs = async (): Promise<number> => {
  const given = process.env['PERF_ACCEPTANCE_BURN_MS'];
  if (given !== undefined) return Number(given);
  const burden = await calibrateBurden(await bundleReferenceServers(), {
    share: burdenShare,
    between: [0.07, 0.1],
  });
  expect(burden.seenBare).toBeGreaterThanOrEqual(0.07);
  expect(burden.seenBare).toBeLessThanOrEqual(0.1);
  return burden.burnMs;
};

/** What `perf:history -- check` says of the median connect time. */
const check = async (cwd: string): Promise<ChangeFinding> => {
  const { stdout } = await runCommand(['history', 'check', '--json'], { cwd });
  const { series } = JSON.parse(stdout) as {
    series: readonly { metric: string; scale: string; finding: ChangeFinding }[];
  };
  const connect = series.find(({ metric, scale }) => metric === 'connect' && scale === 'log-ratio');
  if (connect === undefined) throw new Error(`There is no series of connect: ${stdout}`);
  return connect.finding;
};

const secondsSince = (startedAtMs: number): string =>
  ((performance.now() - startedAtMs) / msPerSecond).toFixed(0);

it(
  'of 30 commits of which one is slower by 8 %, the history finds it within 8 commits, and a bisection names it',
  { timeout: longestSittingMs },
  async () => {
    const history = await makeServerHistory({
      commits: commitCount,
      slowFrom,
      burnMs: await findBurnMs(),
    });
    const { root, git, commits, bare } = history;
    let finding: ChangeFinding | null = null;
    let measured = 0;
    for (const commit of commits.slice(0, slowFrom + foundWithinCommits)) {
      const startedAtMs = performance.now();
      git('checkout', '--quiet', commit);
      const seed = String(measured + 1);
      const compared = await runCommand(['compare', '--base', 'perf-reference-1', ...gate, '--seed', seed], {
        cwd: root,
      });
      expect(compared.stderr).toBe('');
      expect(compared.stdout).toContain('\nHistory: .perf/history/runs/');
      const pushed = await runCommand(['history', 'push'], { cwd: root });
      expect(pushed.stdout).toContain('Pushed 1 record ');
      measured += 1;
      finding = await check(root);
      const sentence = /^\w+ connect p50: .*?(?=, base|\. |$)/mu.exec(compared.stdout)?.[0];
      console.log(
        `commit ${String(measured)} in ${secondsSince(startedAtMs)} s: ${sentence ?? compared.stdout}; ${finding.state}`,
      );
      if (measured <= slowFrom) expect(['collecting', 'steady']).toContain(finding.state);
      if (finding.state === 'candidate') break;
    }
    if (finding?.state !== 'candidate') throw new Error(`Not found: ${JSON.stringify(finding)}`);
    const foundAt = commits.indexOf(finding.change.firstBad);
    console.log(
      `found ${String(measured - slowFrom)} commits after it came, placed at commit ${String(foundAt + 1)}, it is ${String(slowFrom + 1)}`,
    );
    expect(Math.abs(foundAt - slowFrom)).toBeLessThanOrEqual(placeCommits);

    // Whoever pulls the records sees the same.
    const clone = join(await temporaryDirectory(), 'clone');
    git('clone', '--quiet', bare, clone);
    await runCommand(['history', 'pull'], { cwd: clone });
    expect(await check(clone)).toEqual(finding);

    const startedAtMs = performance.now();
    const bisected = await runCommand(
      ['compare', '--bisect', 'perf-reference-1..main', ...gate, '--seed', '1'],
      { cwd: root },
    );
    console.log(`${bisected.stdout}bisected in ${secondsSince(startedAtMs)} s`);
    const culprit = /^FOUND: (?<culprit>[0-9a-f]+) /mu.exec(bisected.stdout)?.groups?.['culprit'] ?? 'none';
    expect(commits[slowFrom]).toMatch(new RegExp(`^${culprit}`, 'u'));
    expect(bisected.exitCode).toBe(exitCodes.broken);
  },
);

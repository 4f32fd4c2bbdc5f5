import { expect, test } from 'vitest';
import { makeProject } from './testing/make-project.ts';
import { exitCodes } from './exit-code.ts';
import { runCommand } from './testing/run-command.ts';
import { runUntilConclusive } from './testing/run-until-conclusive.ts';

const scenario = (body: string): string => `test('it', async ({ load, skip }) => { ${body} });`;
const brokenPromise = `expect(await load(few)).toMeet(below(connectTime, 'mean', 0.0001));`;
// Nobody pings, so there is no data for a round trip.
const noData = `expect(await load(few)).toMeet(below(roundTripTime, 'mean', 1000));`;

const rows = [
  {
    what: 'only plain assertions that hold',
    body: 'expect((await load(few)).counts.successful).toBe(2);',
    code: 0,
  },
  { what: 'no assertion at all', body: 'await load(few);', code: 1 },
  { what: 'a broken promise', body: brokenPromise, code: 1 },
  { what: 'no data for its promise', body: noData, code: 3 },
  {
    what: 'no data for its promise and a plain assertion that fails',
    body: `${noData} expect(1).toBe(2);`,
    code: 1,
  },
  {
    what: 'a broken promise and a load that can not be run',
    body: `${brokenPromise} await load(ramp({ connections: -1, delaySeconds: 1 }));`,
    code: 2,
    says: '(PLAN_INVALID)',
  },
  { what: 'nothing but a skip', body: `skip('not here');`, code: 2 },
];

test.for(rows)('a scenario with $what ends with $code', async ({ body, code, says = '' }) => {
  const cwd = await makeProject({ only: scenario(body) });
  const run = () => runCommand(['--target', 'process'], { cwd });
  // A machine that is busy makes any run inconclusive, which here is an answer only where it is the one asked for.
  const { exitCode, stdout } = await (code === exitCodes.inconclusive ? run() : runUntilConclusive(run));
  expect(exitCode, stdout).toBe(code);
  expect(stdout).toContain(says);
});

// Nothing is measured, which a busy machine could hinder.
const tagged = (tag: string): string =>
  `test('it', { tags: ['${tag}'] }, ({ target }) => { expect(target.kind).toBe('process'); });`;

test('a scenario that the tags leave out is skipped, and says so', async () => {
  const cwd = await makeProject({ first: tagged('quick'), second: tagged('slow') });
  const { exitCode, stdout } = await runCommand(['--target', 'process', '--tags', 'quick'], { cwd });
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain('second: it Skipped: left out by --tags quick');
  expect(exitCode, stdout).toBe(0);
});

test('scenarios that run on demand alone are left out unless they are asked for, and one line says so', async () => {
  const cwd = await makeProject({
    first: tagged('quick'),
    second: tagged('resilience'),
    third: tagged('soak'),
  });
  const run = (...options: string[]) => runCommand(['--target', 'process', ...options], { cwd });
  const byDefault = await run();
  expect(byDefault.stdout).toContain('All promises held in 1 scenario.');
  expect(byDefault.stdout).toMatch(
    /^Left out, unless asked for: second \(--tags resilience\); third \(--tags soak\)\.$/mu,
  );
  expect(byDefault.exitCode, byDefault.stdout).toBe(0);
  const asked = await run('--tags', 'resilience');
  expect(asked.stdout).toContain('✓ second: it');
  expect(asked.stdout).not.toContain('Left out, unless');
  expect(asked.exitCode, asked.stdout).toBe(0);
});

test('a run in which everything is left out has measured nothing, and says what would', async () => {
  const cwd = await makeProject({ only: tagged('soak') });
  const { exitCode, stdout } = await runCommand(['--target', 'process'], { cwd });
  expect(stdout).toContain(
    'No scenario ran, so nothing was measured.\nLeft out, unless asked for: only (--tags soak).',
  );
  expect(exitCode, stdout).toBe(exitCodes.notMeasured);
});

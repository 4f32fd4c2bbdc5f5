import { expect, test } from 'vitest';
import { makeBlocks } from '../../compare/testing/make-block.ts';
import { makeHub, pathsOnBranch, type Hub } from '../../tracking/history/testing/make-clones.ts';
import { readGateTrust } from './read-gate-trust.ts';
import { selfCheck } from './self-check.ts';
import { pretendToMeasure } from './testing/pretend-to-measure.ts';
import { settingsOf } from './testing/settings-of.ts';

const environment = { PERF_RUNNER_CLASS: 'tests' };

/** One night on a fresh clone, in which the gates of these places fail. */
const night = async (
  hub: Hub,
  name: string,
  { gates, failing = [] }: { readonly gates: number; readonly failing?: readonly number[] },
): Promise<{ readonly exitCode: number; readonly said: string; readonly root: string }> => {
  const root = await hub.clone(name, '--depth=1');
  const said: string[] = [];
  let gate = 0;
  const { measure } = pretendToMeasure(root, environment, () =>
    makeBlocks(12, failing.includes((gate += 1)) ? 1.1 : 1),
  );
  const exitCode = await selfCheck({
    root,
    environment,
    settings: settingsOf(root),
    gates,
    measure,
    say: (lines) => said.push(...lines),
  });
  return { exitCode, said: said.join('\n'), root };
};

test('a good night shares its records, and the gate is armed', async () => {
  const hub = await makeHub();
  const { exitCode, said } = await night(hub, 'good', { gates: 3 });
  expect(exitCode).toBe(0);
  expect(said).toContain('The gate is armed: 0 of 3 gates of a server against itself failed.');
  expect(await pathsOnBranch(hub)).toHaveLength(3);
});

test('a bad night disarms the gate everywhere that the history is pulled to, until enough good ones', async () => {
  const hub = await makeHub();
  const bad = await night(hub, 'bad', { gates: 4, failing: [2, 4] });
  expect(bad.exitCode).toBe(1);
  expect(bad.said).toContain('THE GATE IS DISARMED since');
  expect(bad.said).toContain('2 of 4 gates of a server against itself failed');
  const better = await night(hub, 'better', { gates: 2 });
  expect(better.exitCode).toBe(1);
  expect(better.said).toContain('Until 29 gates in a row are without a failure (2 so far)');
});

test('machines of another class have a gate of their own', async () => {
  const hub = await makeHub();
  const { root } = await night(hub, 'bad', { gates: 2, failing: [1, 2] });
  expect((await readGateTrust(root, environment)).state).toBe('disarmed');
  expect(await readGateTrust(root, { PERF_RUNNER_CLASS: 'other' })).toMatchObject({
    state: 'armed',
    gates: 0,
  });
});

test('what was measured before a gate went wrong is shared', async () => {
  const hub = await makeHub();
  const root = await hub.clone('stopped');
  const { measure, asked } = pretendToMeasure(root, environment, () => makeBlocks(12, 1));
  const run = selfCheck({
    root,
    environment,
    settings: settingsOf(root),
    gates: 5,
    measure: (one) => (asked.length === 2 ? Promise.reject(new Error('no server')) : measure(one)),
    say: () => undefined,
  });
  await expect(run).rejects.toThrow('no server');
  expect(await pathsOnBranch(hub)).toHaveLength(2);
});

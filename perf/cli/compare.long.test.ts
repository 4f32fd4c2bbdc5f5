import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { readComparison } from '../compare/comparison-file.ts';
import { plainServerCommand } from '../compare/testing/plain-contestant.ts';
import { runCommand } from './testing/run-command.ts';

const pair = (burnMs: number): readonly string[] => [
  'compare',
  '--base-command',
  plainServerCommand,
  '--head-command',
  `BURN_MS=${String(burnMs)} ${plainServerCommand}`,
];

it('the slower of two commands fails, everything is written, and that pair alone confirms it', async () => {
  const cwd = await temporaryDirectory();
  const json = join(cwd, 'comparison.json');
  const { exitCode, stdout, stderr } = await runCommand(
    [...pair(1), '--gate', 'connect', '--seed', '7', '--json', json],
    { cwd },
  );
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^seed {2}7$/mu);
  expect(stdout).toMatch(/^block 8 of at most 20 · connect p50 \+/mu);
  expect(stdout).toMatch(/^FAIL connect p50: .* slower .*--seed 7 --gate connect$/mu);
  expect(exitCode).toBe(1);
  const reading = await readComparison(json);
  expect(reading).toMatchObject({ outcome: 'read', comparison: { verdict: 'fail', blocks: 8, seed: 7 } });

  const again = await runCommand([...pair(1), '--confirm', json], { cwd });
  expect(again.stdout).toMatch(/^FAIL, CONFIRMED: /mu);
  expect(again.exitCode).toBe(1);

  const other = await runCommand([...pair(2), '--confirm', json], { cwd });
  expect(other.stderr).toMatch(/--confirm holds a comparison whose head is .* \(OTHER_COMPARISON\)/u);
  expect(other.exitCode).toBe(2);
});

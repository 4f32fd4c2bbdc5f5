import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const simulate = (...given: readonly string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), ...given], {
    encoding: 'utf8',
  });

test.each([
  [['--seed', 'today'], '--seed is "today", but must be a whole number of at most nine digits, such as 42.'],
  [['--quick'], "Unknown option '--quick'"],
])('%j is wrong usage', (given, message) => {
  const { status, stderr } = simulate(...given);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test('the short form prints the seed, a line for each target, and how many were met', () => {
  const { status, stdout } = simulate('--short', '--seed', '42');
  expect(stdout).toContain('Simulated, seed 42.');
  expect(stdout).toMatch(/^2 {2}\+5 % found +typical +≥ 98 % +(?:9|100)/mu);
  expect(stdout).toMatch(/^3\d of 38 targets met\.$/mu);
  expect(status).toBe(0);
});

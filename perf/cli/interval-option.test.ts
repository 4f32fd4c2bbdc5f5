import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProgram, type ChosenCommand } from './program.ts';
import { readPlan } from './read-plan.ts';

const judgedBy = async (typed: readonly string[]): Promise<string> => {
  const chosen: ChosenCommand[] = [];
  await makeProgram((command) => chosen.push(command)).parseAsync(['node', 'ws-perf-gate', 'run', ...typed]);
  const [command] = chosen;
  if (command?.kind !== 'run') throw new Error('A run was asked for.');
  const root = await mkdtemp(join(tmpdir(), 'interval-option-'));
  await writeFile(join(root, 'any.perf.ts'), '');
  const reading = await readPlan({ ...command, environment: {}, root });
  if (reading.outcome === 'invalid') throw new Error(reading.problems.join('\n'));
  return reading.plan.settings.judgedBy;
};

test('promises are judged as observed, and by their intervals with --interval', async () => {
  expect(await judgedBy(['--tags', 'quick'])).toBe('observed');
  expect(await judgedBy(['--tags', 'quick', '--interval'])).toBe('interval');
});

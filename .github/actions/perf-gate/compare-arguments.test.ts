import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseArguments } from '../../../perf/cli/parse-arguments.ts';
import { compareArguments } from './compare-arguments.ts';

const files = ['--json=comparison.json', '--markdown=comparison.md'];

it('inputs that are not given are no arguments', () => {
  expect(compareArguments({ PERF_GATE_BASE: '', PERF_GATE_STRICT: 'false' })).toEqual(['compare', ...files]);
});

it('a value is one argument, whatever is in it', () => {
  const evil = '--strict"; $(touch /tmp/x) \n--seed 1';
  expect(compareArguments({ PERF_GATE_HEAD_COMMAND: evil })).toEqual([
    'compare',
    `--head-command=${evil}`,
    ...files,
  ]);
});

it('several metrics may gate', () => {
  expect(compareArguments({ PERF_GATE_GATE: 'connect, ping\nmemory' })).toEqual([
    'compare',
    '--gate=connect',
    '--gate=ping',
    '--gate=memory',
    ...files,
  ]);
});

it('every input of the action is an option that compare knows', async () => {
  const source = await readFile(new URL('./action.yml', import.meta.url), 'utf8');
  const { inputs } = parse(source) as { inputs: Record<string, object> };
  const names = Object.keys(inputs).filter((name) => name !== 'artifact');
  const environment = Object.fromEntries(
    names.map((name) => [`PERF_GATE_${name.toUpperCase().replaceAll('-', '_')}`, 'true']),
  );
  for (const name of Object.keys(environment)) expect(source).toContain(`${name}: \${{ inputs.`);
  const argumentList = compareArguments(environment);
  expect(argumentList).toHaveLength(names.length + 1 + files.length);
  expect(parseArguments(argumentList)).toMatchObject({ outcome: 'parsed', problems: [] });
});

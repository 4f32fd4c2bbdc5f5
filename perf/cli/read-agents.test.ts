import { expect, test } from 'vitest';
import { readAgents } from './read-agents.ts';

test.each([
  ['nothing', undefined, undefined, null],
  ['an empty variable', undefined, '', null],
  ['the variable', undefined, '3', 3],
  ['the option before the variable', '2', '3', 2],
  ['auto before the variable', 'auto', '3', 'auto'],
  ['the most there can be', '64', undefined, 64],
] as const)('%s: --agents %s with PERF_AGENTS=%s is %s', (_title, agents, variable, expected) => {
  const problems: string[] = [];
  const options = agents === undefined ? {} : { agents };
  expect(readAgents(options, { PERF_AGENTS: variable }, problems)).toBe(expected);
  expect(problems).toEqual([]);
});

test.each(['0', '65', '1.5', '-1', ' 2', 'all'])('PERF_AGENTS=%j is a problem that names it', (variable) => {
  const problems: string[] = [];
  readAgents({}, { PERF_AGENTS: variable }, problems);
  expect(problems).toEqual([
    `PERF_AGENTS is "${variable}", but must be "auto" or a whole number from 1 to 64.`,
  ]);
});

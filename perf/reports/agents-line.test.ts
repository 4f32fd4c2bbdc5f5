import { expect, test } from 'vitest';
import { agentsLine } from './agents-line.ts';

test.each([
  [1, [], 'Generator: 1 agent (auto)'],
  [3, ['127.0.0.2'], 'Generator: 3 agents (auto), from 127.0.0.2'],
  [3, ['127.0.0.2', '127.0.0.3'], 'Generator: 3 agents (auto), from 127.0.0.2 to 127.0.0.3'],
])('%i agents from %j: %s', (count, sourceAddresses, line) => {
  expect(agentsLine({ count, why: 'auto', sourceAddresses, selfReports: [] })).toBe(line);
});

import { expect, test } from 'vitest';
import { exitCodes } from './cli/exit-code.ts';
import { runScenario } from './cli/testing/run-scenario.ts';

/** Two and a half minutes instead of five. */
const soakShortly = (...serverEnvironment: readonly string[]) =>
  runScenario('soak', serverEnvironment, ['--duration', '150']);

test('a server that gives back what it took leaves nothing behind', async () => {
  const { exitCode, stdout } = await soakShortly();
  expect(exitCode, stdout).toBe(exitCodes.met);
});

test.for([
  ['memory', 'FAULT_LEAK_BYTES_PER_CONNECTION_SECOND=30000', 'Promise broken: server memory growth <'],
  [
    'descriptors',
    'FAULT_LEAK_DESCRIPTOR_EVERY_NTH_CLOSE=50',
    'Promise broken: descriptors left at the server ≤ 2',
  ],
  ['a count', 'FAULT_FORGET_EVERY_NTH_CLOSE=100', 'Promise broken: connections left at the server ≤ 0'],
] as const)('a server that leaks %s is found out', async ([, serverEnvironment, says]) => {
  const { exitCode, stdout, told } = await soakShortly(serverEnvironment);
  expect(told, stdout).toContain(says);
  expect(exitCode, stdout).toBe(exitCodes.broken);
});

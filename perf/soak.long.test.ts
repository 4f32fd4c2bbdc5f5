import { expect, test } from 'vitest';
import { runCommand } from './cli/testing/run-command.ts';
import { runUntilConclusive } from './cli/testing/run-until-conclusive.ts';

/** Two and a half minutes instead of five. */
const soakShortly = (...serverEnvironment: readonly string[]) =>
  runUntilConclusive(() =>
    runCommand([
      'run',
      'soak',
      '--target',
      'process',
      '--duration',
      '150',
      ...serverEnvironment.flatMap((entry) => ['--server-env', entry]),
    ]),
  );

test('a server that gives back what it took leaves nothing behind', async () => {
  const { exitCode, stdout } = await soakShortly();
  expect(exitCode, stdout).toBe(0);
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
  const { exitCode, stdout } = await soakShortly(serverEnvironment);
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(says);
  expect(exitCode, stdout).toBe(1);
});

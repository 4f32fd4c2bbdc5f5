import { expect, test } from 'vitest';
import { runCommand } from './cli/testing/run-command.ts';
import { runUntilConclusive } from './cli/testing/run-until-conclusive.ts';

const restart = (...serverEnvironment: readonly string[]) =>
  runUntilConclusive(() =>
    runCommand([
      'run',
      'rolling-restart',
      '--target',
      'process',
      ...serverEnvironment.flatMap((entry) => ['--server-env', entry]),
    ]),
  );

test('instances that drain lose nothing, and nobody for long', async () => {
  const { exitCode, stdout } = await restart();
  expect(exitCode, stdout).toBe(0);
});

test.for([
  [
    'that close before everything is sent are found out by the publisher’s log alone',
    'FAULT_DELAY_TENTH_CLIENT_MS=2000',
    'Promise broken: quotes missed by the publisher’s log ≤ 0',
  ],
  ['that skip quotes lose them', 'FAULT_SKIP_EVERY_NTH_QUOTE=10', 'Promise broken: quotes lost ≤ 0'],
  [
    'that ask their clients to stay away for long have them away for long',
    'RECONNECT_SPREAD_MS=8000',
    'Promise broken: p95 away time ≤ 2.000 s',
  ],
] as const)('instances %s', async ([, serverEnvironment, says]) => {
  const { exitCode, stdout } = await restart(serverEnvironment);
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(says);
  expect(exitCode, stdout).toBe(1);
});

import { expect, test } from 'vitest';
import { runCommand } from './cli/testing/run-command.ts';
import { runUntilConclusive } from './cli/testing/run-until-conclusive.ts';

// Handshakes that cost as much as a lookup in a database and a signature: 8 s of work for 1,000 of them.
const costly = ['--server-env', 'FAULT_BURN_CPU_PER_HANDSHAKE_MS=8'];

const storm = (...serverEnvironment: readonly string[]) =>
  runUntilConclusive(() =>
    runCommand(['run', 'reconnect-storm', '--target', 'process', ...serverEnvironment]),
  );

test('a server whose handshakes leave time for all else stays up in a storm', async () => {
  const { exitCode, stdout } = await storm();
  expect(exitCode, stdout).toBe(0);
});

test('one that works on handshakes as they come is down meanwhile', async () => {
  const { exitCode, stdout } = await storm(...costly, '--server-env', 'HANDSHAKE_TURN_MS=0');
  expect(stdout).toContain('Promise broken: server up ≥ 100.0 %');
  expect(exitCode, stdout).toBe(1);
});

test('one that has room for 900 alone does not take all of them back', async () => {
  const { exitCode, stdout } = await storm('--server-env', 'MAX_CONNECTIONS=900');
  expect(stdout).toContain('Promise broken: recovered connections ≥ 100.0 %');
  expect(exitCode, stdout).toBe(1);
});

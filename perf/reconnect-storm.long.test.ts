import { expect, test } from 'vitest';
import { exitCodes } from './cli/exit-code.ts';
import { runScenario } from './cli/testing/run-scenario.ts';

// Handshakes that cost as much as a lookup in a database and a signature: 4 s of work for 1,000 of them.
const costly = 'FAULT_BURN_CPU_PER_HANDSHAKE_MS=4';
// The protection is the time that handshakes may take of each turn of the event loop.
const asTheyCome = 'HANDSHAKE_TURN_MS=0';

test('a server whose handshakes leave time for all else is up all through a storm, though they cost', async () => {
  const { exitCode, stdout } = await runScenario('reconnect-storm', [costly]);
  expect(exitCode, stdout).toBe(exitCodes.met);
});

test('one that works on handshakes as they come is down meanwhile', async () => {
  const { exitCode, stdout, told } = await runScenario('reconnect-storm', [costly, asTheyCome]);
  expect(told, stdout).toContain('Promise broken: server up ≥ 100.0 %');
  expect(exitCode, stdout).toBe(exitCodes.broken);
});

test('one that has room for 900 alone had not all of them in', async () => {
  const { exitCode, stdout, told } = await runScenario('reconnect-storm', ['MAX_CONNECTIONS=900']);
  expect(told, stdout).toContain('Promise broken: open when cut ≥ 100.0 %');
  expect(exitCode, stdout).toBe(exitCodes.broken);
});

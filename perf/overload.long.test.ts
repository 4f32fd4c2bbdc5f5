import { expect, test } from 'vitest';
import { exitCodes } from './cli/exit-code.ts';
import { runScenario } from './cli/testing/run-scenario.ts';

// The protection is the limit on connections; the scenario’s server has room for 30 of 90.
const unlimited = 'MAX_CONNECTIONS=100000';
// At 5 pings a second of each client, 30 take 60 % of the server’s processor, and 90 would take 180 %.
const costlyMessages = 'FAULT_BURN_CPU_PER_MESSAGE_MS=4';

test('a server that lets everybody in refuses nobody', async () => {
  const { exitCode, stdout, told } = await runScenario('overload', [unlimited]);
  expect(told, stdout).toContain('Promise broken: success rate ≤ 33.3 %');
  expect(told, stdout).toContain('observed 100.0 %');
  expect(exitCode, stdout).toBe(exitCodes.broken);
});

test('where messages cost, those inside do not wait longer with a limit', async () => {
  const { exitCode, stdout } = await runScenario('overload', [costlyMessages]);
  expect(exitCode, stdout).toBe(exitCodes.met);
});

test('where messages cost, those inside wait without a limit', async () => {
  const { exitCode, stdout, told } = await runScenario('overload', [costlyMessages, unlimited]);
  expect(told, stdout).toContain('Promise broken: p99 ping round trip');
  expect(exitCode, stdout).toBe(exitCodes.broken);
});

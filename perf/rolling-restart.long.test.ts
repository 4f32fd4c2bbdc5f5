import { expect, test } from 'vitest';
import { exitCodes } from './cli/exit-code.ts';
import { runScenario } from './cli/testing/run-scenario.ts';

// 2.5 s of work for the 100 clients of an instance that restarts.
const costlyHandshakes = 'FAULT_BURN_CPU_PER_HANDSHAKE_MS=25';
// The protection: clients are asked to leave one after another, and to come back at different times.
const draining = ['DRAIN_MS=2500', 'RECONNECT_SPREAD_MS=1000'];
const notDraining = ['DRAIN_MS=0', 'RECONNECT_SPREAD_MS=0'];

test('where handshakes cost, instances that drain have nobody away for long', async () => {
  const { exitCode, stdout } = await runScenario('rolling-restart', [costlyHandshakes, ...draining]);
  expect(exitCode, stdout).toBe(exitCodes.met);
});

test.for([
  [
    'that do not drain, where handshakes cost, have them away for long',
    [costlyHandshakes, ...notDraining],
    'Promise broken: p95 away time ≤ 2.000 s',
  ],
  [
    'that close before everything is sent are found out by the publisher’s log alone',
    ['FAULT_DELAY_TENTH_CLIENT_MS=2000'],
    'Promise broken: quotes missed by the publisher’s log ≤ 0',
  ],
  ['that skip quotes lose them', ['FAULT_SKIP_EVERY_NTH_QUOTE=10'], 'Promise broken: quotes lost ≤ 0'],
  [
    'that ask their clients to stay away for long have them away for long',
    ['RECONNECT_SPREAD_MS=8000'],
    'Promise broken: p95 away time ≤ 2.000 s',
  ],
] as const)('instances %s', async ([, serverEnvironment, says]) => {
  const { exitCode, stdout, told } = await runScenario('rolling-restart', serverEnvironment);
  expect(told, stdout).toContain(says);
  expect(exitCode, stdout).toBe(exitCodes.broken);
});

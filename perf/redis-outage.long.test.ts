import { devNull } from 'node:os';
import { expect, test } from 'vitest';
import { findExecutable } from '../fixtures/targets/find-executable.ts';
import { startPrivateRedis } from '../fixtures/targets/private-redis.ts';
import { exitCodes } from './cli/exit-code.ts';
import { runScenario } from './cli/testing/run-scenario.ts';

test('a server that needs its Redis for the feed and the counts alone outlives all that befalls it', async () => {
  const { exitCode, stdout } = await runScenario('redis-outage', []);
  expect(exitCode, stdout).toBe(exitCodes.met);
});

test.for([
  [
    'ends its connections with its Redis loses them',
    'FAULT_DROP_WITHOUT_REDIS=1',
    'Promise broken: stable connections ≥ 100.0 %',
  ],
  [
    'does not look for a Redis that was away has no feed any more',
    'FAULT_NEVER_RECONNECT_TO_REDIS=1',
    'Promise broken: messages received per connection ≥ 10 in every window of',
  ],
  [
    'waits for its Redis for long greets newcomers too late',
    'REDIS_ANSWER_MS=20000',
    'Promise broken: initial messages ≥ 100.0 %',
  ],
  [
    'asks a Redis that does not answer for each newcomer anew has them all wait',
    'REDIS_CIRCUIT_FAILURES=1000000',
    'Promise broken: p50 ready time < 250 ms in every window of 4 s',
  ],
] as const)('a server that %s', async ([, serverEnvironment, says]) => {
  const { exitCode, stdout, told } = await runScenario('redis-outage', [serverEnvironment]);
  expect(told, stdout).toContain(says);
  expect(exitCode, stdout).toBe(exitCodes.broken);
});

test('a Redis that is given is not broken, and the scenario says so', async () => {
  const executable = (await findExecutable('redis-server')) ?? '';
  await using given = await startPrivateRedis({ executable, logFile: devNull });
  const { exitCode, stdout, told } = await runScenario('redis-outage', [`REDIS_URL=${given.url}`]);
  expect(told, stdout).toContain('The Redis of REDIS_URL is not ours to break.');
  expect(exitCode, stdout).toBe(exitCodes.notMeasured);
});

import { expect, test } from 'vitest';
import { defaultTargetRequest } from '../../fixtures/targets/index.ts';
import { chooseGated } from '../compare/choose-gated.ts';
import type { CompareRequest } from '../compare/compare-request.ts';
import { reproduceCommand } from './reproduce-command.ts';

const target = defaultTargetRequest('/tmp/logs');
const request = (changes: Partial<CompareRequest>): CompareRequest => ({
  opponents: { kind: 'commits', base: 'main', head: null },
  target,
  serverEnvironments: { base: {}, head: {} },
  gated: chooseGated(['ping'], []),
  seed: 7,
  ...changes,
});

test('commits are named by what the base turned out to be', () => {
  expect(reproduceCommand(request({}), 'a1b2c3d')).toBe(
    'npm run perf:compare -- --base a1b2c3d --seed 7 --gate ping',
  );
});

test('the kind of the target and the names of what the servers were given belong to it, the values do not', () => {
  const given = request({
    opponents: { kind: 'commits', base: 'v1', head: 'v2' },
    target: { ...target, kind: 'process', serverEnvironment: { JWT_SECRET: 'SECRET' } },
    serverEnvironments: { base: {}, head: { FAULT_HANDSHAKE_DELAY_MS: '5' } },
  });
  expect(reproduceCommand(given, null)).toBe(
    'npm run perf:compare -- --base v1 --head v2 --target process --server-env JWT_SECRET=… --head-server-env FAULT_HANDSHAKE_DELAY_MS=… --seed 7 --gate ping',
  );
});

test('addresses are left to be filled in', () => {
  const urls = { base: 'http://a/?token=SECRET', head: 'http://b' };
  expect(
    reproduceCommand(
      request({ opponents: { kind: 'urls', urls }, target: { ...target, kind: 'external' } }),
      null,
    ),
  ).toBe('npm run perf:compare -- --base-url … --head-url … --seed 7 --gate ping');
});

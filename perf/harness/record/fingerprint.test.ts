import { expect, test } from 'vitest';
import { fingerprintOf, isComparable, type Fingerprint } from './fingerprint.ts';

const machine = { node: 'v24.1.0', platform: 'linux x64', cpuModel: 'made up', cores: 2 };
const target = { kind: 'containers', path: 'container-address', offersCompression: false } as const;
const fingerprint = fingerprintOf({ machine, target, agents: 1 });

test('runs of the same machine, path and agents can be compared', () => {
  expect(isComparable(fingerprint, fingerprintOf({ machine, target, agents: 1 }))).toEqual({
    comparable: true,
  });
});

test.for<Partial<Fingerprint>>([
  { node: 'v22.1.0' },
  { platform: 'darwin arm64' },
  { cpuModel: 'another' },
  { cores: 4 },
  { targetKind: 'external' },
  { path: 'published-port' },
  { offersCompression: true },
  { agents: 2 },
])('a run with %j is not compared, and the difference is named', (difference) => {
  const [given] = Object.values(difference).map(String);
  const answer = isComparable(fingerprint, { ...fingerprint, ...difference });
  expect(answer).toEqual({
    comparable: false,
    reason: expect.stringContaining(` and ${given ?? ''})`) as unknown,
  });
});

test('several differences are all named', () => {
  expect(isComparable(fingerprint, { ...fingerprint, path: 'published-port', cores: 8 })).toEqual({
    comparable: false,
    reason:
      'The runs differ in the number of cores (2 and 8), the path to the server (container-address and published-port): measure both in the same way.',
  });
});

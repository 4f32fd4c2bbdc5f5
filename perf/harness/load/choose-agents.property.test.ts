import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { validityLimits } from '../validity/validity-limits.ts';
import { chooseAgents, describeOpenFileShortage, mostAgents } from './choose-agents.ts';
import { readHeadroom } from './headroom.ts';
import { connectionsPerAgent, openFileLimit, openFilesFor } from './open-file-limit.ts';

const load = fc.record({
  asked: fc.oneof(fc.constant('auto' as const), fc.integer({ min: 1, max: mostAgents })),
  connectionsAtOnce: fc.integer({ min: 1, max: 200_000 }),
  cores: fc.integer({ min: 1, max: 64 }),
  serverIsLocal: fc.boolean(),
  openFiles: fc.integer({ min: 64, max: 200_000 }),
});

test('a load that is accepted stays below the open files at which it would be inconclusive', () => {
  fc.assert(
    fc.property(load, fc.integer({ min: 0, max: 100 }), (needs, filesAtRest) => {
      fc.pre(describeOpenFileShortage(needs) === null);
      const { count } = chooseAgents({ ...needs, attempts: needs.connectionsAtOnce });
      const held = Math.ceil(needs.connectionsAtOnce / count);
      expect((held + filesAtRest) / needs.openFiles).toBeLessThanOrEqual(validityLimits.openFilesRatio);
    }),
  );
});

test('the limit that a refusal names is enough', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (connections) => {
      expect(connectionsPerAgent(openFilesFor(connections))).toBeGreaterThanOrEqual(connections);
    }),
  );
});

test('as many connections as one agent is given on this machine pass the check of its headroom', async () => {
  const limit = await openFileLimit();
  const { openFilesRatio } = await readHeadroom(Number.isFinite(limit) ? connectionsPerAgent(limit) : 1);
  expect(openFilesRatio).toBeLessThanOrEqual(validityLimits.openFilesRatio);
});

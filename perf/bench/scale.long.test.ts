import { expect, test } from 'vitest';
import { chooseAgents } from '../harness/load/choose-agents.ts';
import { connectionsPerAgent, openFileLimit } from '../harness/load/open-file-limit.ts';
import { ramp } from '../harness/load/profile.ts';
import { runLoad } from '../harness/load/run-load.ts';
import { loadPlan } from '../harness/load/testing/load-plan.ts';
import { startLeanServers } from './start-lean-servers.ts';

const connections = 50_000;
/** Connections are spread over the servers of one port by chance, so that none is planned full. */
const filledShare = 0.9;

test('50,000 connections to one endpoint are opened, held at once and closed, by as many agents as their open files need', async () => {
  const openFiles = await openFileLimit();
  const { count: agents } = chooseAgents({
    asked: 'auto',
    attempts: connections,
    connectionsAtOnce: connections,
    cores: 2,
    serverIsLocal: true,
    openFiles,
  });
  expect(agents).toBe(Math.max(1, Math.ceil(connections / connectionsPerAgent(openFiles))));
  await using servers = await startLeanServers(
    Math.ceil(connections / (connectionsPerAgent(openFiles) * filledShare)),
  );
  let heldByServers = 0;
  const result = await runLoad({
    plan: loadPlan(servers.url, { profile: ramp({ connections, delaySeconds: 0.0002, holdSeconds: 5 }) }),
    agents,
    onProgress: ({ point }) => {
      if (point.open === connections && heldByServers === 0) {
        heldByServers = -1;
        void servers.openConnections().then((count) => (heldByServers = count));
      }
    },
  });
  const failures = result.attempts.flatMap((attempt) =>
    attempt.outcome === 'failed' ? [attempt.failure.reason] : [],
  );
  expect([...new Set(failures)]).toEqual([]);
  expect(result.attempts.every((attempt) => attempt.outcome === 'opened' && attempt.stable)).toBe(true);
  expect(result.attempts).toHaveLength(connections);
  expect(heldByServers).toBe(connections);
  expect(Math.max(...result.timeline.map(({ open }) => open))).toBe(connections);
  expect(result.timeline.at(-1)?.open).toBe(0);
  expect(result.sourceAddresses.length).toBeGreaterThanOrEqual(2);
  console.log(
    `${String(agents)} agents from ${result.sourceAddresses.join(', ')}: opened by ${(result.openingOverAtMs / 1_000).toFixed(1)} s`,
  );
});

import { expect, test } from 'vitest';
import { localPortRange, portCount } from '../harness/load/local-ports.ts';
import { reconnectStorm } from '../harness/load/reconnect-storm.ts';
import { runLoad } from '../harness/load/run-load.ts';
import { loadPlan } from '../harness/load/testing/load-plan.ts';
import { startLeanServers } from './start-lean-servers.ts';

const range = await localPortRange();

test.skipIf(range === null)(
  'a storm of more than a third of the local ports comes back without a failure of this machine',
  async () => {
    const connections = Math.min(12_000, Math.ceil((range === null ? 0 : portCount(range)) * 0.35));
    await using servers = await startLeanServers(1);
    const profile = reconnectStorm({
      connections,
      delaySeconds: 0.0005,
      cutAfterSeconds: 3,
      backoffBaseSeconds: 0.5,
      withinSeconds: 60,
      holdSeconds: 1,
    });
    const { attempts, sourceAddresses } = await runLoad({ plan: loadPlan(servers.url, { profile }) });
    const reasons = attempts.flatMap((one) => (one.outcome === 'failed' ? [one.failure.reason] : []));
    expect([...new Set(reasons)]).toEqual([]);
    expect(attempts.filter(({ outcome, retry }) => outcome === 'opened' && retry === 1)).toHaveLength(
      connections,
    );
    expect(sourceAddresses.length).toBeGreaterThan(1);
  },
);

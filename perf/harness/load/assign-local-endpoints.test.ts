import { describe, expect, test } from 'vitest';
import { validityLimits } from '../validity/validity-limits.ts';
import { assignLocalEndpoints } from './assign-local-endpoints.ts';
import { localPortRange, portCount } from './local-ports.ts';
import type { LocalEndpoints, LoadPlan } from './plan.ts';
import { constantArrivalRate, ramp } from './profile.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { returning } from './returning.ts';
import { loadPlan } from './testing/load-plan.ts';

const range = await localPortRange();
const ports = range === null ? 0 : portCount(range);

const planOf = (url: string, connections: number): LoadPlan =>
  loadPlan(url, { profile: ramp({ connections, delaySeconds: 0 }) });

const stormOf = (url: string, connections: number): LoadPlan =>
  loadPlan(url, {
    profile: reconnectStorm({ connections, delaySeconds: 0, cutAfterSeconds: 1, tries: 3 }),
  });

describe.skipIf(range === null)('on a machine that says which ports it gives out', () => {
  test.each([
    ['a load of a third of the ports', planOf('ws://127.0.0.1:9', Math.floor(ports / 3))],
    ['a large load on another machine', planOf('ws://192.0.2.1:9', Math.floor(ports / 2))],
    [
      'many connections of which few are open at once',
      loadPlan('ws://127.0.0.1:9', {
        profile: constantArrivalRate({ attemptsPerSecond: 10, durationSeconds: ports, holdSeconds: 0 }),
      }),
    ],
  ])('%s comes from wherever the system chooses', async (_what, plan) => {
    expect(await assignLocalEndpoints(plan)).toBeNull();
  });

  test.each(['ws://127.0.0.1:9', 'wss://127.0.0.1/x', 'ws://127.9.9.9'])(
    'a load on %s that is larger than the port range comes from several addresses',
    async (url) => {
      const connections = 2 * ports + 1;
      const endpoints = (await assignLocalEndpoints(planOf(url, connections))) as LocalEndpoints;
      expect(endpoints.addresses[0]).toBe('127.0.0.2');
      expect(new Set(endpoints.addresses).size).toBe(endpoints.addresses.length);
      expect(endpoints.addresses.length * endpoints.ports.length).toBeGreaterThanOrEqual(connections);
    },
  );

  test('a storm on another machine takes two ports for each connection, that of the line that was cut too', async () => {
    const most = Math.floor((ports * validityLimits.localPortsRatio) / 2);
    expect(await assignLocalEndpoints(stormOf('ws://192.0.2.1:9', most))).toBeNull();
    await expect(assignLocalEndpoints(stormOf('ws://192.0.2.1:9', most + 1))).rejects.toMatchObject({
      message: expect.stringContaining(`ask for at most ${String(most)} connections`) as string,
    });
  });

  test('every try of a storm on this machine has an endpoint of its own', async () => {
    const endpoints = (await assignLocalEndpoints(stormOf('ws://127.0.0.1:9', ports))) as LocalEndpoints;
    expect(endpoints.addresses.length * endpoints.ports.length).toBeGreaterThanOrEqual(4 * ports);
  });

  test('so has every return of clients that the server ends', async () => {
    const profile = returning({ connections: ports, delaySeconds: 0, durationSeconds: 60, tries: 3 });
    const plan = loadPlan('ws://127.0.0.1:9', { profile });
    const endpoints = (await assignLocalEndpoints(plan)) as LocalEndpoints;
    expect(endpoints.addresses.length * endpoints.ports.length).toBeGreaterThanOrEqual(4 * ports);
  });

  test('a load on several servers needs no more than each of them', async () => {
    const dials = [1, 2, 3, 4].map((port) => ({
      url: `ws://127.0.0.1:${String(port)}`,
      subprotocols: [],
      headers: {},
    }));
    const plan = loadPlan('', { profile: ramp({ connections: ports, delaySeconds: 0 }), dials });
    expect(await assignLocalEndpoints(plan)).toBeNull();
  });

  test('a load on another machine of two thirds of the ports comes from wherever the system chooses', async () => {
    const connections = Math.floor(ports * validityLimits.localPortsRatio);
    expect(await assignLocalEndpoints(planOf('ws://192.0.2.1:9', connections))).toBeNull();
  });

  test.each(['ws://192.0.2.1:9', 'ws://example.test', 'ws://[::1]:9'])(
    'more connections to %s than two thirds of the ports are refused, with the limit and the command that raises it',
    async (url) => {
      const connections = Math.floor(ports * validityLimits.localPortsRatio) + 1;
      await expect(assignLocalEndpoints(planOf(url, connections))).rejects.toMatchObject({
        code: 'LOCAL_LIMIT',
        message: expect.stringMatching(
          new RegExp(`gives out ${String(ports)} .*sysctl -w net\\.ipv4\\.ip_local_port_range`, 'u'),
        ) as string,
      });
    },
  );
});

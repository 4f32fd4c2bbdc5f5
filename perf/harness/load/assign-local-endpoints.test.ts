import { describe, expect, test } from 'vitest';
import { assignLocalEndpoints } from './assign-local-endpoints.ts';
import { localEndpointOf } from './local-endpoint-of.ts';
import { localPortRange, portCount } from './local-ports.ts';
import type { LocalEndpoints, LoadPlan } from './plan.ts';
import { constantArrivalRate, ramp } from './profile.ts';
import { loadPlan } from './testing/load-plan.ts';

const range = await localPortRange();
const ports = range === null ? 0 : portCount(range);

const planOf = (url: string, connections: number): LoadPlan =>
  loadPlan(url, { profile: ramp({ connections, delaySeconds: 0 }) });

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

  test('a load on several servers needs no more than each of them', async () => {
    const dials = [1, 2, 3, 4].map((port) => ({
      url: `ws://127.0.0.1:${String(port)}`,
      subprotocols: [],
      headers: {},
    }));
    const plan = loadPlan('', { profile: ramp({ connections: ports, delaySeconds: 0 }), dials });
    expect(await assignLocalEndpoints(plan)).toBeNull();
  });

  test.each(['ws://192.0.2.1:9', 'ws://example.test', 'ws://[::1]:9'])(
    'more connections to %s than there are ports are refused, with the limit and the command that raises it',
    async (url) => {
      await expect(assignLocalEndpoints(planOf(url, ports))).rejects.toMatchObject({
        code: 'LOCAL_LIMIT',
        message: expect.stringMatching(
          new RegExp(`gives out ${String(ports)} .*sysctl -w net\\.ipv4\\.ip_local_port_range`, 'u'),
        ) as string,
      });
    },
  );
});

test('every attempt has an endpoint of its own, evenly spread over the addresses, until all are used', () => {
  const endpoints = { addresses: ['a', 'b', 'c'], ports: [7, 8, 9, 10] };
  const all = Array.from({ length: 12 }, (_, index) => localEndpointOf(endpoints, index));
  expect(new Set(all.map(({ address, port }) => `${address}:${String(port)}`)).size).toBe(12);
  expect(all.slice(0, 6).map(({ address }) => address)).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  expect(localEndpointOf(endpoints, 12)).toEqual(all[0]);
});

import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { HarnessError } from '../harness-error.ts';
import type { LocalEndpoints, LoadPlan } from './plan.ts';
import { listeningPorts, localPortRange, portCount, type PortRange } from './local-ports.ts';
import { mostOpenAtOnce } from './most-open.ts';
import { plannedAttempts } from './pacer.ts';

/** Ports of the range that others on this machine may want, a probe beside the load for instance. */
const reservedPorts = 1_000;
/**
 * From this share of the range on, ports are assigned rather than found by the system, which has to search: measured
 * on Linux 6.18, a connect costs 0.3 ms of processor time more from half of the range on and 1.5 ms more from two
 * thirds. Binding an address alone costs even more, from a quarter of the range on: Node can not ask for
 * IP_BIND_ADDRESS_NO_PORT, and so the system searches a port before it knows the destination. A port that is given costs
 * nothing, and its last use, still in TIME_WAIT, is no obstacle.
 */
const searchedShare = 1 / 3;
const firstSource = 2;
const mostSources = 253;

/** The most connections to one endpoint of a plan: they compete for the ports of this machine. */
const mostToOneEndpoint = (plan: LoadPlan): { readonly host: string; readonly connections: number } => {
  const dialsTo = new Map<string, number>();
  for (const { url } of plan.dials) {
    const { host } = new URL(url);
    dialsTo.set(host, (dialsTo.get(host) ?? 0) + 1);
  }
  const [host, dials] = [...dialsTo].reduce((a, b) => (b[1] > a[1] ? b : a));
  return { host, connections: Math.ceil((mostOpenAtOnce(plan) * dials) / plan.dials.length) };
};

/** Whether a connection to this host goes to 127.x.x.x; `localhost` may also mean ::1, which has one address only. */
const isLoopback = async (host: string): Promise<boolean> => {
  const { hostname } = new URL(`ws://${host}`);
  const address = hostname === 'localhost' ? (await lookup(hostname)).address : hostname;
  return isIPv4(address) && address.startsWith('127.');
};

const shortage = (host: string, connections: number, range: PortRange): HarnessError =>
  new HarnessError(
    'LOCAL_LIMIT',
    `${String(connections)} connections to ${host} need as many ports of this machine, but it gives out ${String(portCount(range))} (${String(range.first)} to ${String(range.last)}). ` +
      `Widen the range with "sysctl -w net.ipv4.ip_local_port_range='1024 65535'", or ask for at most ${String(portCount(range) - reservedPorts)} connections.` +
      (/^(?:\[::1\]|localhost)/u.test(host)
        ? ' By 127.0.0.1 instead of ::1, more source addresses would be used.'
        : ''),
  );

/**
 * Where the attempts of a plan come from: null where the system may choose, which is as long as its ports suffice
 * easily; addresses 127.0.0.x and ports for larger loads on this machine.
 * @throws HarnessError LOCAL_LIMIT when this machine has not enough ports for the plan; asked before the first dial.
 */
export const assignLocalEndpoints = async (plan: LoadPlan): Promise<LocalEndpoints | null> => {
  const range = await localPortRange();
  if (range === null || mostOpenAtOnce(plan) <= portCount(range) * searchedShare) return null;
  const { host, connections } = mostToOneEndpoint(plan);
  if (connections <= portCount(range) * searchedShare) return null;
  if (!(await isLoopback(host))) {
    if (connections + reservedPorts > portCount(range)) throw shortage(host, connections, range);
    return null;
  }
  const taken = await listeningPorts();
  const ports = Array.from({ length: portCount(range) }, (_, index) => range.first + index).filter(
    (port) => !taken.has(port),
  );
  // Where connections are replaced, an endpoint is used again; by then its last connection has long been closed.
  const wanted = Math.min(plannedAttempts(plan.profile.arrivals), 2 * mostOpenAtOnce(plan));
  const sources = Math.ceil(wanted / ports.length);
  if (sources > mostSources) throw shortage(host, connections, range);
  const addresses = Array.from({ length: sources }, (_, index) => `127.0.0.${String(firstSource + index)}`);
  return { addresses, ports };
};

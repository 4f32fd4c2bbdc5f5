import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { HarnessError } from '../harness-error.ts';
import { validityLimits } from '../validity/validity-limits.ts';
import type { Arrivals } from './arrivals.ts';
import { askForLess } from './ask-for-less.ts';
import { endpointsWanted } from './endpoints-wanted.ts';
import type { LocalEndpoints, LoadPlan } from './plan.ts';
import { listeningPorts, localPortRange, portCount, type PortRange } from './local-ports.ts';
import { mostOpenAtOnce } from './most-open.ts';

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

/** Of a line that is cut, the port is still taken (in TIME_WAIT, for a minute) when its connection comes back. */
const portsPerConnection = ({ kind }: Arrivals): number => (kind === 'reconnect-storm' ? 2 : 1);

/** The most ports that one endpoint of a plan takes: connections to it compete for the ports of this machine. */
const mostToOneEndpoint = (plan: LoadPlan): { readonly host: string; readonly wanted: number } => {
  const dialsTo = new Map<string, number>();
  for (const { url } of plan.dials) {
    const { host } = new URL(url);
    dialsTo.set(host, (dialsTo.get(host) ?? 0) + 1);
  }
  const each = portsPerConnection(plan.profile.arrivals);
  const [host, dials] = [...dialsTo].reduce((a, b) => (b[1] > a[1] ? b : a));
  return { host, wanted: Math.ceil((mostOpenAtOnce(plan) * dials) / plan.dials.length) * each };
};

/** Whether a connection to this host goes to 127.x.x.x; `localhost` may also mean ::1, which has one address only. */
const isLoopback = async (host: string): Promise<boolean> => {
  const { hostname } = new URL(`ws://${host}`);
  const address = hostname === 'localhost' ? (await lookup(hostname)).address : hostname;
  return isIPv4(address) && address.startsWith('127.');
};

interface Shortage {
  readonly host: string;
  readonly wanted: number;
  /** The most that may be taken. */
  readonly most: number;
  readonly range: PortRange;
  readonly arrivals: Arrivals;
}

const shortage = ({ host, wanted, most, range, arrivals }: Shortage): HarnessError => {
  const each = portsPerConnection(arrivals);
  return new HarnessError(
    'LOCAL_LIMIT',
    `${String(wanted / each)} connections at once to ${host} take ${String(wanted)} ports of this machine${each > 1 ? ', as a line that is cut keeps its port for a minute' : ''}; ` +
      `it gives out ${String(portCount(range))} (${String(range.first)} to ${String(range.last)}), and past ${String(most)} of them a load is not measured truly. ` +
      `Widen the range with "sysctl -w net.ipv4.ip_local_port_range='1024 65535'", or ${askForLess(arrivals, { asked: wanted, most: Math.floor(most / each) })}.` +
      (/^(?:\[::1\]|localhost)/u.test(host)
        ? ' By 127.0.0.1 instead of ::1, more source addresses would be used.'
        : ''),
  );
};

/**
 * Where the attempts of a plan come from: null where the system may choose, which is as long as its ports suffice
 * easily; addresses 127.0.0.x and ports for larger loads on this machine.
 * @throws HarnessError LOCAL_LIMIT when this machine has not enough ports for the plan; asked before the first dial.
 */
export const assignLocalEndpoints = async (plan: LoadPlan): Promise<LocalEndpoints | null> => {
  const range = await localPortRange();
  // What is no address takes no port: its attempts fail, each with its reason.
  if (range === null || !plan.dials.every(({ url }) => URL.canParse(url))) return null;
  const { arrivals } = plan.profile;
  const { host, wanted } = mostToOneEndpoint(plan);
  if (wanted <= portCount(range) * searchedShare) return null;
  if (!(await isLoopback(host))) {
    const most = Math.floor(portCount(range) * validityLimits.localPortsRatio);
    if (wanted > most) throw shortage({ host, wanted, most, range, arrivals });
    return null;
  }
  const taken = await listeningPorts();
  const ports = Array.from({ length: portCount(range) }, (_, index) => range.first + index).filter(
    (port) => !taken.has(port),
  );
  const most = mostSources * ports.length;
  if (wanted > most) throw shortage({ host, wanted, most, range, arrivals });
  const sources = Math.min(mostSources, Math.ceil(endpointsWanted(plan) / ports.length));
  const addresses = Array.from({ length: sources }, (_, index) => `127.0.0.${String(firstSource + index)}`);
  return { addresses, ports };
};

import { readFile } from 'node:fs/promises';
import { HarnessError } from '../harness/harness-error.ts';
import { assertOpenFiles } from '../harness/load/open-file-limit.ts';

/** Ports that the side probe and the system itself may want, beside the load's. */
const reservedPorts = 1_000;
const portRangeFile = '/proc/sys/net/ipv4/ip_local_port_range';

/** How many connections can be open between this address and one server; Infinity where that is not known. */
const localPorts = async (): Promise<number> => {
  const text = await readFile(portRangeFile, 'utf8').catch(() => null);
  if (text === null) return Number.POSITIVE_INFINITY;
  const [first = 0, last = 0] = text.trim().split(/\s+/u).map(Number);
  return last - first + 1;
};

/** @throws HarnessError LOCAL_LIMIT when this machine can not hold so many connections to one server. */
export const assertLimits = async (connections: number): Promise<void> => {
  await assertOpenFiles(connections);
  const ports = await localPorts();
  if (connections + reservedPorts <= ports) return;
  throw new HarnessError(
    'LOCAL_LIMIT',
    `${String(connections)} connections to one server need as many local ports, but this machine gives out ${String(ports)}. ` +
      'Widen the range with "sysctl -w net.ipv4.ip_local_port_range=\'10240 65000\'".',
  );
};

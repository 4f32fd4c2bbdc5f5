import { readFile } from 'node:fs/promises';

/** The ports that the system gives out by itself, first and last included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const rangeFile = '/proc/sys/net/ipv4/ip_local_port_range';
const socketTables = ['/proc/net/tcp', '/proc/net/tcp6'];
const listenState = '0A';
const hexadecimal = 16;

/** How many ports a range has. */
export const portCount = ({ first, last }: PortRange): number => last - first + 1;

/** The range that this machine gives out for outgoing connections; null where that is not known, as off Linux. */
export const localPortRange = async (): Promise<PortRange | null> => {
  const text = await readFile(rangeFile, 'utf8').catch(() => null);
  const [first, last] = text?.trim().split(/\s+/u).map(Number) ?? [];
  return first === undefined || last === undefined ? null : { first, last };
};

/** Ports on which something listens, on whatever address: taken for all who want to bind them. */
export const listeningPorts = async (): Promise<ReadonlySet<number>> => {
  const ports = new Set<number>();
  for (const file of socketTables) {
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      // sl local_address rem_address st …, the address as ADDRESS:PORT in hexadecimal digits
      const [, local = '', , state] = line.trim().split(/\s+/u);
      if (state === listenState)
        ports.add(Number.parseInt(local.slice(local.lastIndexOf(':') + 1), hexadecimal));
    }
  }
  return ports;
};

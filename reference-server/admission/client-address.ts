import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Reads an address, or a network such as `10.0.0.0/8`; undefined when it is neither. */
export const parseNetwork = (entry: string): Network | undefined => {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const bits = family === 'ipv4' ? 32 : 128;
  if (isIP(address) === 0 || Number(prefix ?? 0) > bits) return undefined;
  return { address, prefix: Number(prefix ?? bits), family };
};

/** The addresses and networks of proxies that may say for whom they ask; throws on an entry that is neither. */
export const proxyList = (entries: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const entry of entries) {
    const network = parseNetwork(entry);
    if (network === undefined)
      throw new TypeError(
        `trustedProxies has "${entry}", but must list addresses like 10.0.0.1 or 10.0.0.0/8.`,
      );
    list.addSubnet(network.address, network.prefix, network.family);
  }
  return list;
};

/**
 * Whom a connection counts for: the peer, or, behind trusted proxies, the last address of X-Forwarded-For that is none of
 * theirs, because whatever stands before it could be made up. An IPv6 client counts by its network of 64 bits, all of
 * which one machine can have.
 */
export const clientAddress = (
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: BlockList,
): string => {
  let client = plainAddress(peer ?? '');
  const claims = forwardedFor?.split(',').map((claim) => plainAddress(claim.trim())) ?? [];
  while (isTrusted(client, trustedProxies)) {
    const claim = claims.pop();
    if (claim === undefined || isIP(claim) === 0) break;
    client = claim;
  }
  return isIPv6(client) ? network64(client) : client;
};

const isTrusted = (address: string, proxies: BlockList): boolean =>
  isIP(address) !== 0 && proxies.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

/** A dual-stack socket gives IPv4 addresses as ::ffff:a.b.c.d. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

const network64 = (address: string): string => {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 tail stands for two groups.
  const backLength = back.length + (back.at(-1)?.includes('.') === true ? 1 : 0);
  const zeros = tail === undefined ? 0 : 8 - front.length - backLength;
  const groups = [...front, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...back];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
};

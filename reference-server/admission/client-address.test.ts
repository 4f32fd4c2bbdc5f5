import { describe, expect, it } from 'vitest';
import { clientAddress, parseNetwork, proxyList } from './client-address.ts';

const proxies = proxyList(['10.0.0.0/8', '::1']);

describe('the address that a connection counts for', () => {
  it.each([
    { what: 'the peer', peer: '192.0.2.7', claims: undefined, address: '192.0.2.7' },
    {
      what: 'the peer though it claims another',
      peer: '192.0.2.7',
      claims: '198.51.100.1',
      address: '192.0.2.7',
    },
    {
      what: 'an IPv4 peer of a dual-stack socket',
      peer: '::ffff:192.0.2.7',
      claims: undefined,
      address: '192.0.2.7',
    },
    { what: 'what a trusted proxy says', peer: '10.0.0.9', claims: '192.0.2.7', address: '192.0.2.7' },
    {
      what: 'the last that is no proxy',
      peer: '10.0.0.9',
      claims: '6.6.6.6, 192.0.2.7, 10.1.1.1',
      address: '192.0.2.7',
    },
    { what: 'the proxy where it says nothing', peer: '10.0.0.9', claims: undefined, address: '10.0.0.9' },
    { what: 'the proxy where it says no address', peer: '::1', claims: 'unknown', address: '0:0:0:0::/64' },
    {
      what: 'the network of an IPv6 peer',
      peer: '2001:db8:1:2:3:4:5:6',
      claims: undefined,
      address: '2001:db8:1:2::/64',
    },
    {
      what: 'the network of a shortened one',
      peer: '2001:db8::1',
      claims: undefined,
      address: '2001:db8:0:0::/64',
    },
    {
      what: 'the network of one with a zone',
      peer: 'fe80::1%eth0',
      claims: undefined,
      address: 'fe80:0:0:0::/64',
    },
    { what: 'nothing where the peer is gone', peer: undefined, claims: '192.0.2.7', address: '' },
  ])('is $what', ({ peer, claims, address }) => {
    expect(clientAddress(peer, claims, proxies)).toBe(address);
  });
});

describe('a trusted proxy', () => {
  it.each(['10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])('may be given as %s', (entry) => {
    expect(parseNetwork(entry)).toBeDefined();
  });
  it.each(['proxy', '10.0.0.0/33', '::1/129', '10.0.0', ''])('can not be given as "%s"', (entry) => {
    expect(parseNetwork(entry)).toBeUndefined();
  });
});

import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { isOwnAddress } from './own-address.ts';

test.for([
  ['ws://127.0.0.1:8000/ws', true],
  ['ws://127.9.8.7/ws', true],
  ['wss://localhost:8443/ws', true],
  ['ws://[::1]:8000/ws', true],
  ['ws://server.localhost/ws', true],
  ['ws://0.0.0.0:8000/ws', true],
  ['ws://[::ffff:127.0.0.1]:8000/ws', true],
  ['ws://192.0.2.1:8000/ws', false],
  ['wss://example.com/ws', false],
  ['ws://localhost.example.com/ws', false],
  ['ws://[2001:db8::1]/ws', false],
] as const)('%s leads to this machine: %s', ([url, isOwn]) => {
  expect(isOwnAddress(url)).toBe(isOwn);
});

test('the addresses of this machine’s interfaces lead to it', () => {
  const [address] = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const host = address?.family === 'IPv6' ? `[${address.address}]` : (address?.address ?? '127.0.0.1');
  expect(isOwnAddress(`ws://${host}/ws`)).toBe(true);
});

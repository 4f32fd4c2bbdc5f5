import { expect, test } from 'vitest';
import { serverIsLocal } from './server-is-local.ts';

test.each([
  ['process', 'ws://127.0.0.1:1/ws', true],
  ['containers', 'ws://172.17.0.2:1/ws', true],
  ['external', 'ws://localhost:8000/ws', true],
  ['external', 'wss://127.1.2.3/ws', true],
  ['external', 'ws://[::1]:8000/ws', true],
  ['external', 'wss://staging.example.test/ws', false],
  ['external', 'ws://127.example.test/ws', false],
  ['external', 'ws://192.0.2.7/ws', false],
] as const)('a server of kind %s at %s runs on this machine: %s', (kind, webSocketUrl, isLocal) => {
  expect(serverIsLocal({ kind, webSocketUrl })).toBe(isLocal);
});

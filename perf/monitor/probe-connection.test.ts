import { getEventListeners, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { DialSettings } from '../harness/connection/dial.ts';
import { probeConnection } from './probe-connection.ts';

let server: WebSocketServer;
let url = '';
beforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  server.on('connection', (socket) => socket.send('welcome'));
});
afterAll(() => {
  server.close();
});

const settings: DialSettings = {
  origin: null,
  certificateAuthority: null,
  handshakeTimeoutMs: 5_000,
  maxMessageBytes: 1_000,
};

test('a probe leaves nothing behind at the signal that could have called it off', async () => {
  const { signal } = new AbortController();
  const dial = { url, subprotocols: [], headers: {} };
  const probed = await probeConnection(dial, settings, { expectsMessage: true, signal });
  expect(probed).toEqual({
    outcome: 'opened',
    connectTimeMs: expect.any(Number) as number,
    firstMessageMs: expect.any(Number) as number,
  });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

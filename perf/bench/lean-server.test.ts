import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startLeanServer } from './start-lean-server.ts';

// `ws` is the reference: it checks the accept value, the frames and the closing handshake.

test.for([0, 1, 125, 126, 60_000])('a message of %i bytes comes back as it was sent', async (bytes) => {
  await using server = await startLeanServer(0);
  const socket = new WebSocket(server.url);
  await once(socket, 'open');
  const text = 'x'.repeat(bytes);
  socket.send(text);
  const [data, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
  expect(data.toString()).toBe(text);
  expect(isBinary).toBe(false);
  socket.terminate();
});

test('many messages at once come back whole and in order, wherever the packets end', async () => {
  await using server = await startLeanServer(0);
  const socket = new WebSocket(server.url);
  await once(socket, 'open');
  const sent = Array.from({ length: 2_000 }, (_, index) => `${String(index)} ${'y'.repeat(index % 300)}`);
  const received: string[] = [];
  await new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      received.push((data as Buffer).toString());
      if (received.length === sent.length) resolve();
    });
    for (const text of sent) socket.send(text);
  });
  expect(received).toEqual(sent);
  socket.terminate();
});

test('a ping is answered by its pong, a close by its close', async () => {
  await using server = await startLeanServer(0);
  const socket = new WebSocket(server.url);
  await once(socket, 'open');
  socket.ping('abc');
  expect(String((await once(socket, 'pong'))[0])).toBe('abc');
  socket.close(1_000);
  expect((await once(socket, 'close'))[0]).toBe(1_000);
});

test('a JSON ping comes back as the pong of its id, everything else in it as it was', async () => {
  await using server = await startLeanServer(0);
  const socket = new WebSocket(server.url);
  await once(socket, 'open');
  const received: string[] = [];
  const last = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      received.push(data.toString());
      if (received.length === 3) resolve();
    });
  });
  for (const text of ['{"type":"ping","id":7,"sentAt":1}', '{"type":"p"}', '{"type":"ping"'])
    socket.send(text);
  await last;
  expect(received).toEqual(['{"type":"pong","id":7,"sentAt":1}', '{"type":"p"}', '{"type":"pong"']);
  socket.terminate();
});

test('the handshake is answered after the delay, not before', async () => {
  await using server = await startLeanServer(100);
  const startedAtMs = performance.now();
  const socket = new WebSocket(server.url);
  await once(socket, 'open');
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(100);
  socket.terminate();
});

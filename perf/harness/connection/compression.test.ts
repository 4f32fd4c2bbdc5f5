import { once } from 'node:events';
import { deflateRawSync } from 'node:zlib';
import { WebSocketServer, type WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { startClock } from './clock.ts';
import type { DialSettings } from './dial.ts';
import { openConnection } from './open-connection.ts';
import type { Opening } from './opening.ts';
import { dialSettings, dialTo, listening, type Heard } from './testing/dial-to.ts';
import { noSocketIsLeft } from './testing/no-socket-is-left.ts';
import { answering, frame, onRequest, startRawServer, switchingProtocols } from './testing/raw-server.ts';

const open = (url: string, heard: Heard, settings: Partial<DialSettings> = {}): Promise<Opening> =>
  openConnection(dialTo(url), dialSettings({ offersCompression: true, ...settings }), startClock(), heard);

const accepted = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';

/** A message compressed as RFC 7692 §7.2.1 says. */
const compressedFrame = (text: string): Buffer => {
  const deflated = deflateRawSync(text, { finishFlush: 2 });
  const payload = deflated.subarray(0, -4);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(payload.length);
  return payload.length < 126
    ? frame(0xc1, payload)
    : Buffer.concat([Buffer.from([0xc1, 126]), length, payload]);
};

test.for([true, false])('messages pass with a ws server whose permessage-deflate is %s', async (isOn) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: isOn });
  await once(server, 'listening');
  const extensions: string[] = [];
  server.on('connection', (socket: WebSocket) => {
    extensions.push(socket.extensions);
    socket.on('message', (data: Buffer) => {
      socket.send(data.toString('utf8'));
    });
  });
  const received = Promise.withResolvers<void>();
  const heard = listening();
  const texts = ['short', '', 'x'.repeat(3_000), 'äöü '.repeat(100_000), 'last'];
  const { port } = server.address() as { port: number };
  const opening = await open(`ws://127.0.0.1:${String(port)}`, {
    ...heard,
    onMessage: (data) => {
      heard.onMessage(data);
      if (heard.messages.length === texts.length) received.resolve();
    },
  });
  if (opening.outcome !== 'opened') throw new Error(JSON.stringify(opening.failure));
  for (const text of texts) opening.socket.send(text);
  await received.promise;
  opening.socket.close(1_000);
  await heard.closed;
  expect(extensions).toEqual([isOn ? 'permessage-deflate' : '']);
  expect(heard.messages).toEqual(texts);
  expect(heard.closes).toEqual([{ closeCode: 1_000, failure: null }]);
  server.close();
  await once(server, 'close');
  await noSocketIsLeft();
});

test('a compressed message and a close frame in the packet of the 101 are both heard, in order', async () => {
  await using server = await startRawServer((socket) => {
    onRequest(socket, (request) => {
      const answer = Buffer.from(switchingProtocols(request, accepted));
      socket.end(
        Buffer.concat([
          answer,
          compressedFrame('x'.repeat(50_000)),
          compressedFrame('two'),
          frame(0x88, Buffer.from([0x03, 0xf5])),
        ]),
      );
    });
  });
  const heard = listening();
  expect((await open(server.url, heard)).outcome).toBe('opened');
  await heard.closed;
  expect(heard.messages).toEqual(['x'.repeat(50_000), 'two']);
  expect(heard.closes).toEqual([{ closeCode: 1_013, failure: null }]);
  await server.allClosed();
  await noSocketIsLeft();
});

test.for([
  [
    'larger than allowed when decompressed',
    compressedFrame('x'.repeat(100_001)),
    /Max payload size exceeded/u,
  ],
  ['that is not compressed data', frame(0xc1, Buffer.from([0xff, 0xff, 0xff])), /./u],
] as const)('a message %s ends the connection as a protocol failure', async ([, bytes, detail]) => {
  await using server = await startRawServer(
    answering((request) => Buffer.concat([Buffer.from(switchingProtocols(request, accepted)), bytes])),
  );
  const heard = listening();
  await open(server.url, heard, { maxMessageBytes: 100_000 });
  await heard.closed;
  expect(heard.closes).toMatchObject([{ failure: { reason: 'protocol' } }]);
  expect(heard.closes[0]?.failure?.detail).toMatch(detail);
  expect(heard.messages).toEqual([]);
  await server.allClosed();
  await noSocketIsLeft();
});

test.for([
  ['permessage-deflate; server_max_window_bits=7'],
  ['permessage-deflate; nonsense'],
  ['permessage-deflate, permessage-deflate'],
  ['x-webkit-deflate-frame'],
  ['permessage-deflate; ;'],
] as const)('the server’s extensions "%s" are refused', async ([extensions]) => {
  await using server = await startRawServer(
    answering((request) => switchingProtocols(request, `Sec-WebSocket-Extensions: ${extensions}\r\n`)),
  );
  expect(await open(server.url, listening())).toMatchObject({
    outcome: 'failed',
    failure: { reason: 'protocol', status: 101 },
  });
  await server.allClosed();
  await noSocketIsLeft();
});

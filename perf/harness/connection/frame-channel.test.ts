import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { startClock } from './clock.ts';
import type { OpenedSocket } from './opened-socket.ts';
import { openConnection } from './open-connection.ts';
import { dialSettings, dialTo, listening, type Heard } from './testing/dial-to.ts';
import { noSocketIsLeft } from './testing/no-socket-is-left.ts';
import { firstBytes, frame, onRequest, startRawServer, switchingProtocols } from './testing/raw-server.ts';

const open = async (url: string, heard: Heard = listening()): Promise<OpenedSocket> => {
  const opening = await openConnection(dialTo(url), dialSettings(), startClock(), heard);
  if (opening.outcome !== 'opened') throw new Error(`It failed: ${JSON.stringify(opening.failure)}`);
  return opening.socket;
};

/** Runs a test against the `ws` package's own server side, so that each checks the other's frames. */
const againstWs = async (
  onSocket: (socket: WebSocket) => void,
  run: (url: string) => Promise<void>,
): Promise<void> => {
  const frames = new WebSocketServer({ noServer: true });
  await using server = await startRawServer((socket) => {
    onRequest(socket, (request) => {
      socket.removeAllListeners('data');
      const headers = { upgrade: 'websocket', 'sec-websocket-version': '13' };
      const key = /^sec-websocket-key: (.*)\r$/imu.exec(request)?.[1];
      const message = { method: 'GET', headers: { ...headers, 'sec-websocket-key': key } };
      frames.handleUpgrade(message as never, socket, Buffer.alloc(0), onSocket);
    });
  });
  await run(server.url);
  await server.allClosed();
  await noSocketIsLeft();
};

const upgradeThen =
  (then: (socket: Socket) => void) =>
  (socket: Socket): void => {
    onRequest(socket, (request) => {
      socket.write(switchingProtocols(request));
      then(socket);
    });
  };

test.for([0, 1, 125, 126, 65_535, 65_536, 200_000])('text of %i bytes is sent and received', async (size) => {
  await againstWs(
    (socket) => {
      socket.on('message', (data: Buffer) => {
        socket.send(data.toString('utf8'));
      });
    },
    async (url) => {
      const received = Promise.withResolvers<Buffer>();
      const heard = { ...listening(), onMessage: received.resolve };
      const socket = await open(url, heard);
      const text = 'ä'.repeat(size / 2) + 'x'.repeat(size % 2);
      socket.send(text);
      expect((await received.promise).toString('utf8')).toBe(text);
      socket.close(1_000);
      await heard.closed;
      expect(heard.closes).toEqual([{ closeCode: 1_000, failure: null }]);
    },
  );
});

test('a ping is answered by the server, and the server’s ping by us', async () => {
  const answered = Promise.withResolvers<string>();
  await againstWs(
    (socket) => {
      socket.on('pong', (data) => {
        answered.resolve(data.toString());
      });
      socket.ping('are you there');
    },
    async (url) => {
      const ponged = Promise.withResolvers<Buffer>();
      const heard = { ...listening(), onPong: ponged.resolve };
      const socket = await open(url, heard);
      socket.ping(Buffer.from('and you'));
      expect((await ponged.promise).toString()).toBe('and you');
      expect(await answered.promise).toBe('are you there');
      socket.terminate();
      await heard.closed;
    },
  );
});

test.for([
  [1_000, 1_000],
  [4_321, 4_321],
  [undefined, 1_005],
] as const)('the server’s close code %s is answered, and heard as %i', async ([given, heardCode]) => {
  const answer = Promise.withResolvers<number>();
  await againstWs(
    (socket) => {
      socket.on('close', answer.resolve);
      socket.close(given);
    },
    async (url) => {
      const heard = listening();
      const socket = await open(url, heard);
      await heard.closed;
      expect(heard.closes).toEqual([{ closeCode: heardCode, failure: null }]);
      expect(await answer.promise).toBe(heardCode);
      expect(socket.isOpen).toBe(false);
      socket.send('too late');
      socket.ping(Buffer.from('too late'));
      socket.close(1_000);
      socket.terminate();
    },
  );
});

test('frames split byte by byte are received whole', async () => {
  const bytes = Buffer.concat([
    frame(0x01, 'wel'),
    frame(0x89, 'ping'),
    frame(0x80, 'come'),
    frame(0x81, 'two'),
  ]);
  await using server = await startRawServer(
    upgradeThen((socket) => {
      void (async () => {
        for (const byte of bytes) {
          socket.write(Buffer.from([byte]));
          await sleep(1);
        }
        socket.end(frame(firstBytes.close, Buffer.from([0x03, 0xe8])));
      })();
    }),
  );
  const heard = listening();
  await open(server.url, heard);
  await heard.closed;
  expect(heard.messages).toEqual(['welcome', 'two']);
  expect(heard.closes).toEqual([{ closeCode: 1_000, failure: null }]);
  await server.allClosed();
  await noSocketIsLeft();
});

test.for([
  ['a frame with reserved bit 2', [0xa1, 0x00]],
  ['an unknown opcode', [0x83, 0x00]],
  ['a continuation of nothing', [0x80, 0x00]],
  ['a fragmented ping', [0x09, 0x00]],
  ['a ping of 126 bytes', [0x89, 0x7e, 0x00, 0x7e]],
  ['a close frame of one byte', [0x88, 0x01, 0x03]],
  ['a close code that may not be sent', [0x88, 0x02, 0x03, 0xee]],
  ['a message of 2^60 bytes', [0x82, 0x7f, 0x10, 0, 0, 0, 0, 0, 0, 0]],
] as const)('%s is a protocol failure; the server is told why, and no socket is left', async ([, bytes]) => {
  const received: Buffer[] = [];
  await using server = await startRawServer(
    upgradeThen((socket) => {
      socket.on('data', (data) => received.push(data));
      socket.write(Buffer.from(bytes));
    }),
  );
  const heard = listening();
  await open(server.url, heard);
  await heard.closed;
  expect(heard.closes).toMatchObject([{ closeCode: 1_006, failure: { reason: 'protocol' } }]);
  await server.allClosed();
  expect(Buffer.concat(received)[0]).toBe(0x88);
  await noSocketIsLeft();
});

test.for([
  ['closes without a close frame', (socket: Socket) => socket.end()],
  ['closes in the middle of a frame', (socket: Socket) => socket.end(Buffer.from([0x81, 0x05, 0x61]))],
  ['resets the connection', (socket: Socket) => socket.resetAndDestroy()],
] as const)('a server that %s is heard as 1006', async ([, end]) => {
  await using server = await startRawServer(
    upgradeThen((socket) => {
      setImmediate(() => {
        end(socket);
      });
    }),
  );
  const heard = listening();
  await open(server.url, heard);
  await heard.closed;
  expect(heard.closes).toEqual([{ closeCode: 1_006, failure: null }]);
  await noSocketIsLeft();
});

test.for([
  ['does not answer a close frame', upgradeThen(() => undefined), 1_006],
  [
    'answers it, and then keeps the line',
    upgradeThen((socket) => {
      socket.once('data', () => socket.write(frame(firstBytes.close, Buffer.from([0x03, 0xe8]))));
    }),
    1_000,
  ],
] as const)('a server that %s is cut off', { timeout: 20_000 }, async ([, serve, closeCode]) => {
  // Half open: it does not close its side when ours is closed.
  await using server = await startRawServer((socket) => {
    socket.allowHalfOpen = true;
    serve(socket);
  });
  const heard = listening();
  const socket = await open(server.url, heard);
  socket.close(1_000);
  await heard.closed;
  expect(heard.closes).toEqual([{ closeCode, failure: null }]);
});

test('a server that stops reading is cut off before what is unsent fills the memory', async () => {
  await using server = await startRawServer(upgradeThen((socket) => setImmediate(() => socket.pause())));
  const heard = listening();
  const socket = await open(server.url, heard);
  const text = 'x'.repeat(100_000);
  let sent = 0;
  while (socket.isOpen && sent < 1_000) {
    socket.send(text);
    sent += 1;
    await new Promise(setImmediate);
  }
  await heard.closed;
  expect(heard.closes).toMatchObject([{ closeCode: 1_006, failure: { reason: 'dropped' } }]);
  expect(heard.closes[0]?.failure?.detail).toMatch(/^the server stopped reading: \d+ bytes are unsent$/u);
  expect(sent).toBeLessThan(1_000);
});

test('a server that pings without end and never reads is cut off', async () => {
  const pings = Buffer.concat(Array.from({ length: 500 }, () => frame(0x89, 'x'.repeat(100))));
  await using server = await startRawServer(
    upgradeThen((socket) => {
      socket.pause();
      const write = (): void => {
        if (socket.destroyed) return;
        socket.write(pings);
        setImmediate(write);
      };
      write();
    }),
  );
  const heard = listening();
  await open(server.url, heard);
  await heard.closed;
  expect(heard.closes).toMatchObject([{ closeCode: 1_006, failure: { reason: 'dropped' } }]);
});

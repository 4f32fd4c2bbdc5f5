import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { noSocketIsLeft } from '../connection/testing/no-socket-is-left.ts';
import {
  answering,
  firstBytes,
  frame,
  onRequest,
  startRawServer,
  switchingProtocols,
} from '../connection/testing/raw-server.ts';
import { pingEvery } from './behaviour.ts';
import { ramp } from './profile.ts';
import { drivePlan } from './testing/drive-plan.ts';
import { loadPlan } from './testing/load-plan.ts';

type Serve = (socket: Socket) => void;

const connections = 2;
const maxMessageBytes = 100;
const handshakeTimeoutMs = 400;

/** Upgrades, with these bytes in the same packet, and then keeps the line. */
const upgradeAnd = (bytes: Buffer): Serve =>
  answering((request) => Buffer.concat([Buffer.from(switchingProtocols(request)), bytes]));

const byteByByte: Serve = (socket) => {
  onRequest(socket, (request) => {
    socket.setNoDelay(true);
    void (async () => {
      for (const byte of Buffer.concat([
        Buffer.from(switchingProtocols(request)),
        frame(firstBytes.text, 'hi'),
      ])) {
        socket.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
    })();
  });
};

const failures: readonly (readonly [what: string, Serve, failure: object])[] = [
  [
    'closes in the middle of the handshake',
    (socket) => {
      onRequest(socket, (request) => socket.end(switchingProtocols(request).slice(0, 70)));
    },
    { reason: 'reset', detail: 'closed in the middle of an answer' },
  ],
  [
    'resets in the middle of the handshake',
    (socket) => {
      onRequest(socket, () => socket.resetAndDestroy());
    },
    { reason: 'reset' },
  ],
  [
    'never answers and never closes',
    (socket) => {
      socket.allowHalfOpen = true;
    },
    { reason: 'handshake-timeout', detail: 'no answer within 400 ms' },
  ],
  [
    'answers with a wrong accept value',
    answering((request) => switchingProtocols(request.replace(/-key: .*/iu, '-key: other\r'))),
    { reason: 'protocol', status: 101 },
  ],
  [
    'answers with a header bomb',
    answering((request) => switchingProtocols(request, 'X-Bomb: x\r\n'.repeat(100_000))),
    { reason: 'protocol', detail: 'the head of the answer is larger than 16384 bytes' },
  ],
  [
    'redirects',
    answering(() => 'HTTP/1.1 301 Moved\r\nLocation: /elsewhere?token=SECRET\r\nContent-Length: 0\r\n\r\n'),
    {
      reason: 'http-status',
      status: 301,
      detail: 'redirects are not followed: give the final address, it leads to /elsewhere',
    },
  ],
];

test.for(failures)('with a server that %s each attempt fails for that reason', async ([, serve, failure]) => {
  await using server = await startRawServer(serve);
  const plan = loadPlan(server.url, {
    profile: ramp({ connections, delaySeconds: 0, holdSeconds: 0 }),
  });
  const { attempts } = await drivePlan({ ...plan, settings: { ...plan.settings, handshakeTimeoutMs } });
  expect(attempts).toHaveLength(connections);
  for (const attempt of attempts) expect(attempt).toMatchObject({ outcome: 'failed', failure });
  await noSocketIsLeft(server.accepted);
});

const unexpectedCloses: readonly (readonly [what: string, Serve, failure: object])[] = [
  [
    'sends a frame with reserved bits',
    upgradeAnd(frame(firstBytes.reservedText, 'x')),
    { reason: 'protocol', closeCode: null },
  ],
  [
    'sends a message over the limit',
    upgradeAnd(frame(firstBytes.text, 'x'.repeat(maxMessageBytes + 1))),
    { reason: 'protocol', detail: 'Max payload size exceeded' },
  ],
  [
    'closes without a close frame',
    (socket) => {
      onRequest(socket, (request) => socket.end(switchingProtocols(request)));
    },
    { reason: 'closed-before-ready', closeCode: 1_006 },
  ],
  [
    'closes with a close frame',
    upgradeAnd(frame(firstBytes.close, Buffer.from([0x03, 0xf3]))),
    { reason: 'closed-before-ready', closeCode: 1_011 },
  ],
];

test.for(unexpectedCloses)(
  'with a server that %s each attempt is opened, and lost for that reason',
  async ([, serve, failure]) => {
    await using server = await startRawServer(serve);
    const plan = loadPlan(server.url, {
      profile: ramp({ connections, delaySeconds: 0, holdSeconds: 0 }),
      // What is waited for never comes: the hold lasts until the connection is lost.
      initialMessages: { count: 1, withinMs: 60_000 },
    });
    const { attempts } = await drivePlan({ ...plan, settings: { ...plan.settings, maxMessageBytes } });
    expect(attempts).toHaveLength(connections);
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ outcome: 'opened', stable: false, failure, messagesReceived: 0 });
    await server.allClosed();
    await noSocketIsLeft();
  },
);

test('with a server that sends everything byte by byte each attempt is opened and ready', async () => {
  await using server = await startRawServer(byteByByte);
  const { attempts } = await drivePlan(
    loadPlan(server.url, {
      profile: ramp({ connections, delaySeconds: 0, holdSeconds: 0 }),
      initialMessages: { count: 1, withinMs: 60_000 },
    }),
  );
  expect(attempts).toHaveLength(connections);
  for (const attempt of attempts)
    expect(attempt).toMatchObject({ outcome: 'opened', failure: null, messagesReceived: 1 });
});

const silences: readonly (readonly [what: string, fallSilent: Serve])[] = [
  [
    'stops reading',
    (socket) => {
      socket.pause();
    },
  ],
  [
    'never answers and never closes',
    (socket) => {
      socket.allowHalfOpen = true;
    },
  ],
];

test.for(silences)(
  'with a server that %s after the upgrade the load ends, its pings unanswered, and its sockets are gone',
  { timeout: 30_000 },
  async ([, fallSilent]) => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, (request) => {
        socket.write(switchingProtocols(request));
        fallSilent(socket);
      });
    });
    const whileOpen = pingEvery({ everySeconds: 0.01, via: 'message' });
    const { attempts, pings } = await drivePlan(
      loadPlan(server.url, { profile: ramp({ connections, delaySeconds: 0, holdSeconds: 0.1, whileOpen }) }),
    );
    expect(pings.sent).toBeGreaterThan(connections);
    expect(attempts).toHaveLength(connections);
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ outcome: 'opened', closedAtMs: expect.any(Number) as number });
    await noSocketIsLeft(server.accepted);
  },
);

import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { makeSelfSignedCertificate } from '../../../fixtures/targets/testing/self-signed-certificate.ts';
import { startClock } from './clock.ts';
import type { Dial, DialSettings } from './dial.ts';
import type { Failure } from './failure.ts';
import { openConnection } from './open-connection.ts';
import type { Opening } from './opening.ts';
import { dialSettings, dialTo, listening, type Heard } from './testing/dial-to.ts';
import { noSocketIsLeft } from './testing/no-socket-is-left.ts';
import {
  answering,
  firstBytes,
  frame,
  onRequest,
  startRawServer,
  switchingProtocols,
} from './testing/raw-server.ts';

const open = (
  url: string,
  {
    dial,
    settings,
    heard = listening(),
  }: { dial?: Partial<Dial>; settings?: Partial<DialSettings>; heard?: Heard } = {},
): Promise<Opening> => openConnection(dialTo(url, dial), dialSettings(settings), startClock(), heard);

const opened = (opening: Opening): Extract<Opening, { outcome: 'opened' }> => {
  if (opening.outcome !== 'opened') throw new Error(`It failed: ${JSON.stringify(opening.failure)}`);
  return opening;
};

const failureOfOpening = (opening: Opening): Failure => {
  if (opening.outcome === 'opened') {
    opening.socket.terminate();
    throw new Error('It opened.');
  }
  return opening.failure;
};

const accept = answering((request) => switchingProtocols(request));
const httpAnswer = (status: number, headers = ''): ((socket: Socket) => void) =>
  answering(() => `HTTP/1.1 ${String(status)} Whatever\r\n${headers}Content-Length: 2\r\n\r\nno`);

describe('a completed handshake', () => {
  test('is opened, with its phases in the order they happen', async () => {
    await using server = await startRawServer(accept);
    const { phases, openedAtMs, socket } = opened(await open(server.url));
    expect(phases.dnsResolvedAtMs).toBeNull();
    expect(phases.tlsDoneAtMs).toBeNull();
    expect(phases.tcpConnectedAtMs).toBeGreaterThanOrEqual(phases.startedAtMs);
    expect(openedAtMs).toBeGreaterThanOrEqual(phases.tcpConnectedAtMs ?? Number.NaN);
    socket.terminate();
    await server.allClosed();
    await noSocketIsLeft();
  });

  test('has the moment at which its host name was resolved', async () => {
    await using server = await startRawServer(accept);
    const { phases, socket } = opened(await open(`ws://localhost:${String(server.port)}`));
    expect(phases.dnsResolvedAtMs).toBeGreaterThanOrEqual(phases.startedAtMs);
    expect(phases.tcpConnectedAtMs).toBeGreaterThanOrEqual(phases.dnsResolvedAtMs ?? Number.NaN);
    socket.terminate();
    await server.allClosed();
  });

  test('over TLS is trusted by its own authority and has the moment at which TLS was done', async () => {
    const certificate = await makeSelfSignedCertificate();
    await using server = await startRawServer(accept, certificate);
    const { phases, openedAtMs, socket } = opened(
      await open(server.url, { settings: { certificateAuthority: certificate.cert } }),
    );
    expect(phases.tlsDoneAtMs).toBeGreaterThanOrEqual(phases.tcpConnectedAtMs ?? Number.NaN);
    expect(openedAtMs).toBeGreaterThanOrEqual(phases.tlsDoneAtMs ?? Number.NaN);
    socket.terminate();
    await server.allClosed();
    await noSocketIsLeft();
  });

  test.for([
    ['localhost', 'localhost'],
    ['127.0.0.1', false],
  ] as const)('over TLS names %s to the server as %s', async ([host, named]) => {
    const certificate = await makeSelfSignedCertificate('DNS:localhost,IP:127.0.0.1');
    const names: unknown[] = [];
    await using server = await startRawServer((socket) => {
      names.push((socket as TLSSocket).servername);
      accept(socket);
    }, certificate);
    const { socket } = opened(
      await open(`wss://${host}:${String(server.port)}`, {
        settings: { certificateAuthority: certificate.cert },
      }),
    );
    expect(names).toEqual([named]);
    socket.terminate();
    await server.allClosed();
  });

  test('takes at least as long as the server lets it wait', async () => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, (request) => {
        setTimeout(() => socket.write(switchingProtocols(request)), 60);
      });
    });
    const { phases, openedAtMs, socket } = opened(await open(server.url));
    expect(openedAtMs - phases.startedAtMs).toBeGreaterThanOrEqual(59);
    socket.terminate();
  });

  test('sends path, query, headers, origin and subprotocols as they were given', async () => {
    const requests: string[] = [];
    await using server = await startRawServer(
      answering((request) => {
        requests.push(request);
        return switchingProtocols(request, 'Sec-WebSocket-Protocol: bearer\r\n');
      }),
    );
    const { socket } = opened(
      await open(`${server.url}/feed?token=a.b`, {
        dial: { subprotocols: ['bearer', 'a.b'], headers: { 'X-Tenant': 'one' } },
        settings: { origin: 'https://example.org' },
      }),
    );
    socket.terminate();
    expect(requests[0]).toMatch(/^GET \/feed\?token=a\.b HTTP\/1\.1\r\n/u);
    expect(requests[0]).toContain('\r\nX-Tenant: one\r\n');
    expect(requests[0]).toContain('\r\nOrigin: https://example.org\r\n');
    expect(requests[0]).toContain('\r\nSec-WebSocket-Protocol: bearer,a.b\r\n');
  });

  test('may come byte by byte, after interim answers, and from an IPv6 address', async () => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, (request) => {
        void (async () => {
          for (const byte of `HTTP/1.1 100 Continue\r\n\r\n${switchingProtocols(request)}`) {
            socket.write(byte);
            await new Promise(setImmediate);
          }
          socket.write(frame(firstBytes.text, 'welcome'));
        })();
      });
    });
    const received = Promise.withResolvers<Buffer>();
    const heard = { ...listening(), onMessage: received.resolve };
    const { socket } = opened(await open(`ws://[::ffff:127.0.0.1]:${String(server.port)}`, { heard }));
    expect((await received.promise).toString()).toBe('welcome');
    socket.terminate();
    await server.allClosed();
  });

  test('loses no message that came in the same packet as the 101', async () => {
    await using server = await startRawServer(
      answering((request) =>
        Buffer.concat([
          Buffer.from(switchingProtocols(request)),
          frame(firstBytes.text, 'welcome'),
          frame(firstBytes.text, 'snapshot'),
          frame(firstBytes.close, Buffer.from([0x03, 0xe8])),
        ]),
      ),
    );
    const heard = listening();
    const { socket } = opened(await open(server.url, { heard }));
    setImmediate(() => socket.terminate());
    await heard.closed;
    expect(heard.messages).toEqual(['welcome', 'snapshot']);
  });

  test('whose server closes straight after the 101 is opened, and closed once with the server’s code', async () => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, (request) => {
        socket.end(
          Buffer.concat([
            Buffer.from(switchingProtocols(request)),
            frame(firstBytes.close, Buffer.from([0x03, 0xf5])),
          ]),
        );
      });
    });
    const heard = listening();
    opened(await open(server.url, { heard }));
    await heard.closed;
    await server.allClosed();
    expect(heard.closes).toEqual([{ closeCode: 1_013, failure: null }]);
  });

  test('whose server cuts the line straight after the 101 is opened, and closed with 1006', async () => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, (request) => {
        socket.end(switchingProtocols(request));
      });
    });
    const heard = listening();
    opened(await open(server.url, { heard }));
    await heard.closed;
    expect(heard.closes).toEqual([{ closeCode: 1_006, failure: null }]);
  });
});

describe('after the opening', () => {
  test.for([
    ['a frame with a reserved bit', frame(firstBytes.reservedText, 'x'), /RSV1/u],
    ['a message larger than allowed', frame(firstBytes.text, 'x'.repeat(100)), /Max payload size exceeded/u],
    ['a masked frame', Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5]), /MASK/u],
    ['text that is no UTF-8', frame(firstBytes.text, Buffer.from([0xff])), /UTF-8/u],
  ] as const)('%s ends the connection as a protocol failure, at once', async ([, bytes, detail]) => {
    // The server never closes its side: the connection must not linger until it does.
    await using server = await startRawServer(
      answering((request) => Buffer.concat([Buffer.from(switchingProtocols(request)), bytes])),
    );
    const heard = listening();
    opened(await open(server.url, { heard, settings: { maxMessageBytes: 99 } }));
    await heard.closed;
    expect(heard.closes).toHaveLength(1);
    expect(heard.closes[0]?.failure).toMatchObject({ reason: 'protocol', status: null });
    expect(heard.closes[0]?.failure?.detail).toMatch(detail);
    expect(heard.messages).toEqual([]);
    await server.allClosed();
    await noSocketIsLeft();
  });

  test('a message of exactly the allowed size is received', async () => {
    await using server = await startRawServer(
      answering((request) =>
        Buffer.concat([Buffer.from(switchingProtocols(request)), frame(firstBytes.text, 'x'.repeat(99))]),
      ),
    );
    const heard = listening();
    const received = Promise.withResolvers<Buffer>();
    const { socket } = opened(
      await open(server.url, {
        heard: { ...heard, onMessage: received.resolve },
        settings: { maxMessageBytes: 99 },
      }),
    );
    expect(await received.promise).toHaveLength(99);
    socket.terminate();
  });
});

describe('an HTTP answer other than 101', () => {
  test.for([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [429, 'overloaded'],
    [503, 'overloaded'],
    [200, 'http-status'],
    [302, 'http-status'],
    [404, 'http-status'],
    [500, 'http-status'],
  ] as const)('%i is %s', async ([status, reason]) => {
    await using server = await startRawServer(httpAnswer(status, 'Location: /elsewhere\r\n'));
    expect(failureOfOpening(await open(server.url))).toMatchObject({ reason, status, closeCode: null });
    await server.allClosed();
    await noSocketIsLeft();
    expect(server.accepted).toBe(1);
  });

  test('that never ends is still that answer, and its socket is closed', async () => {
    await using server = await startRawServer(
      answering(() => 'HTTP/1.1 503 Busy\r\nContent-Length: 1000\r\n\r\nso'),
    );
    expect(failureOfOpening(await open(server.url))).toMatchObject({ reason: 'overloaded', status: 503 });
    await server.allClosed();
    await noSocketIsLeft();
  });
});

describe('without an answer', () => {
  test('a port where nothing listens is refused', async () => {
    const server = await startRawServer(accept);
    await server[Symbol.asyncDispose]();
    expect(failureOfOpening(await open(server.url))).toMatchObject({
      reason: 'refused',
      detail: 'ECONNREFUSED',
    });
  });

  test('a host name that does not exist is dns', async () => {
    expect(failureOfOpening(await open('ws://no-such-host.invalid'))).toMatchObject({ reason: 'dns' });
  });

  test('a connection cut with a reset is reset', async () => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, () => socket.resetAndDestroy());
    });
    expect(failureOfOpening(await open(server.url))).toMatchObject({ reason: 'reset', detail: 'ECONNRESET' });
    await noSocketIsLeft();
  });

  test('a connection closed in good order is reset, and says that no answer had come', async () => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, () => socket.end());
    });
    expect(failureOfOpening(await open(server.url))).toMatchObject({
      reason: 'reset',
      detail: 'closed before an answer',
    });
    await server.allClosed();
    await noSocketIsLeft();
  });

  test('a connection closed in the middle of the answer is reset, and says so', async () => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, (request) => socket.end(switchingProtocols(request).slice(0, 60)));
    });
    expect(failureOfOpening(await open(server.url))).toMatchObject({
      reason: 'reset',
      detail: 'closed in the middle of an answer',
    });
    await server.allClosed();
    await noSocketIsLeft();
  });

  test('a TLS handshake that is cut is reset', async () => {
    await using server = await startRawServer((socket) => socket.end());
    const opening = await open(server.url.replace('ws:', 'wss:'));
    expect(failureOfOpening(opening)).toMatchObject({ reason: 'reset' });
    await server.allClosed();
    await noSocketIsLeft();
  });

  test.for([
    ['never answers', () => undefined],
    [
      'drips its answer byte by byte',
      (socket: Socket) => {
        onRequest(socket, (request) => {
          const bytes = switchingProtocols(request).split('');
          const drip = setInterval(() => socket.write(bytes.shift() ?? ''), 40);
          socket.once('close', () => {
            clearInterval(drip);
          });
        });
      },
    ],
  ] as const)(
    'a server that %s is a handshake-timeout, which says how long was waited',
    async ([, serve]) => {
      await using server = await startRawServer(serve);
      const opening = await open(server.url, { settings: { handshakeTimeoutMs: 150 } });
      expect(failureOfOpening(opening)).toEqual({
        reason: 'handshake-timeout',
        status: null,
        closeCode: null,
        detail: 'no answer within 150 ms',
      });
      const { phases, failedAtMs } = opening as Extract<Opening, { outcome: 'failed' }>;
      expect(failedAtMs - phases.startedAtMs).toBeGreaterThanOrEqual(149);
      await server.allClosed();
      await noSocketIsLeft();
    },
  );
});

describe('a broken handshake', () => {
  test.for([
    [
      'a wrong Sec-WebSocket-Accept',
      (request: string) => switchingProtocols(request.replace(/-key: .*/iu, '-key: other\r')),
    ],
    [
      'a subprotocol that was not asked for',
      (request: string) => switchingProtocols(request, 'Sec-WebSocket-Protocol: other\r\n'),
    ],
    [
      'an extension that was not asked for',
      (request: string) => switchingProtocols(request, 'Sec-WebSocket-Extensions: permessage-deflate\r\n'),
    ],
    ['garbage', () => 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a header bomb', (request: string) => switchingProtocols(request, 'X-Bomb: x\r\n'.repeat(100_000))],
    ['a header that never ends', () => `HTTP/1.1 101 Ok\r\nX-Bomb: ${'x'.repeat(1_000_000)}`],
    [
      'lines that end in a bare LF',
      (request: string) => switchingProtocols(request).replaceAll('\r\n', '\n'),
    ],
    [
      'a 101 that switches to something else',
      (request: string) => switchingProtocols(request).replace('Upgrade: websocket', 'Upgrade: h2c'),
    ],
    [
      'a 101 without the headers of an upgrade',
      (request: string) =>
        switchingProtocols(request).replace('Upgrade: websocket\r\nConnection: Upgrade\r\n', ''),
    ],
  ] as const)('with %s is protocol', async ([, answer]) => {
    await using server = await startRawServer(answering(answer));
    expect(failureOfOpening(await open(server.url)).reason).toBe('protocol');
    await server.allClosed();
    await noSocketIsLeft();
  });

  test('that leaves out the subprotocol asked for is protocol', async () => {
    await using server = await startRawServer(accept);
    const opening = await open(server.url, { dial: { subprotocols: ['bearer'] } });
    expect(failureOfOpening(opening).reason).toBe('protocol');
    await server.allClosed();
  });

  test('with a certificate that nobody vouches for is tls', async () => {
    await using server = await startRawServer(accept, await makeSelfSignedCertificate());
    expect(failureOfOpening(await open(server.url))).toMatchObject({
      reason: 'tls',
      detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    await noSocketIsLeft();
  });

  test('with a trusted certificate for another name is tls', async () => {
    const certificate = await makeSelfSignedCertificate('DNS:elsewhere.example');
    await using server = await startRawServer(accept, certificate);
    const opening = await open(server.url, { settings: { certificateAuthority: certificate.cert } });
    expect(failureOfOpening(opening)).toMatchObject({
      reason: 'tls',
      detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    await noSocketIsLeft();
  });

  test('of TLS with a server that speaks none is tls', async () => {
    await using server = await startRawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(failureOfOpening(await open(server.url.replace('ws:', 'wss:'))).reason).toBe('tls');
  });
});

test.for([
  ['a header value that HTTP forbids', 'ws://127.0.0.1:1', { headers: { 'X-Bad': 'a\nb' } }],
  ['a header name that HTTP forbids', 'ws://127.0.0.1:1', { headers: { 'X Bad': 'a' } }],
  ['a subprotocol that HTTP forbids', 'ws://127.0.0.1:1', { subprotocols: ['a b'] }],
  ['the same subprotocol twice', 'ws://127.0.0.1:1', { subprotocols: ['a', 'a'] }],
  ['an address that is none', 'nonsense', {}],
  ['a scheme that is not ours', 'ftp://127.0.0.1', {}],
  ['a port out of range', 'ws://127.0.0.1:0', {}],
] as const)('%s fails the attempt and never throws', async ([, url, dial]) => {
  const opening = await open(url, { dial });
  expect(opening.outcome).toBe('failed');
  await noSocketIsLeft();
});

test('an attempt that is called off while it waits fails at once and leaves no socket', async () => {
  const arrived = Promise.withResolvers<void>();
  await using server = await startRawServer((socket) => {
    onRequest(socket, () => {
      arrived.resolve();
    });
  });
  const callOff = Promise.withResolvers<() => void>();
  const opening = open(server.url, { heard: { ...listening(), onDialling: callOff.resolve } });
  await arrived.promise;
  (await callOff.promise)();
  expect((await opening).outcome).toBe('failed');
  await server.allClosed();
  await noSocketIsLeft();
});

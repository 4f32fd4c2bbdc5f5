import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, isIP, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { startClock } from '../connection/clock.ts';
import { driveLoad } from './drive-load.ts';
import type { LoadPlan } from './plan.ts';
import { ramp } from './profile.ts';

/** So many connections are opened in a rehearsal. */
export const rehearsedConnections = 40;
const secureConnections = 8;
/** The longest that a rehearsal may take, ms. */
const withinMs = 500;

const endOfHead = '\r\n\r\n';
const keyHeader = /sec-websocket-key: *(\S+)/iu;
/** First byte of a final text frame and of a close frame (RFC 6455 §5.2). */
const firstBytes = { text: 0x81, close: 0x88 } as const;
const message = Buffer.from([firstBytes.text, 2, ...Buffer.from('{}')]);

/** Answers a handshake with the 101 and a message, and a close by the end of the line. */
const serve = (socket: Socket): void => {
  socket.on('error', () => undefined);
  socket.on('data', (data: Buffer) => {
    if (data[0] === firstBytes.close) socket.end();
    const head = data.toString('latin1');
    if (!head.endsWith(endOfHead)) return;
    // RFC 6455 §4.2.2: the key and this constant.
    const accept = hash(
      'sha1',
      `${keyHeader.exec(head)?.[1] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
      'base64',
    );
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.write(message);
  });
};

const drive = async (server: Server, plan: LoadPlan, address: string, count: number): Promise<void> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await driveLoad({
      plan: {
        ...plan,
        profile: ramp({ connections: count, delaySeconds: 0, holdSeconds: 0 }),
        dials: [{ url: `${address}:${String(port)}/`, subprotocols: [], headers: {} }],
        initialMessages: { count: 1, withinMs },
        checksQuotes: false,
        localEndpoints: null,
      },
      share: { part: 0, of: 1 },
      clock: startClock(),
      signal: AbortSignal.timeout(withinMs),
      onProgress: () => undefined,
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
};

/**
 * Opens some connections with the very code of the load, to a server in this process and never to the target: the
 * first attempt of a process that has not done so takes several times as long as the others, by compiling and loading.
 */
export const rehearse = async (plan: LoadPlan): Promise<void> => {
  const { protocol, hostname } = new URL(plan.dials[0]?.url ?? 'ws://127.0.0.1');
  const isName = isIP(hostname.replace(/^\[(.*)\]$/u, '$1')) === 0;
  await drive(createServer(serve), plan, `ws://${isName ? 'localhost' : '127.0.0.1'}`, rehearsedConnections);
  if (protocol !== 'wss:') return;
  // A server without a certificate refuses, after the client has done the better part of what it will do.
  const refusing = createTlsServer();
  refusing.on('tlsClientError', () => undefined);
  await drive(refusing, plan, 'wss://127.0.0.1', secureConnections);
};

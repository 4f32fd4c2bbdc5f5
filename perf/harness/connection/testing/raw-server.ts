import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** A server that does with each connection exactly what a test says; gone with all its sockets when disposed of. */
export interface RawServer extends AsyncDisposable {
  readonly port: number;
  /** `ws://127.0.0.1:PORT`, or `wss://` with TLS. */
  readonly url: string;
  /** How many connections it ever had. */
  readonly accepted: number;
  /** Resolves once every connection that it ever had is closed on its side. */
  allClosed(): Promise<void>;
}

/** Starts a TCP, or with a certificate a TLS, server on the loopback interface. */
export const startRawServer = async (
  onSocket: (socket: Socket) => void,
  tls?: { readonly key: string; readonly cert: string },
): Promise<RawServer> => {
  const sockets = new Set<Socket>();
  const closings: Promise<unknown>[] = [];
  // A server must survive a client that does not trust it, or that cuts the line.
  const onConnection = (socket: Socket): void => {
    sockets.add(socket);
    closings.push(new Promise((resolve) => socket.once('close', resolve)));
    socket.on('error', () => undefined);
    // An unread socket would never learn that the other side has closed.
    socket.on('data', () => undefined);
    onSocket(socket);
  };
  const server =
    tls === undefined ? createTcpServer(onConnection) : createTlsServer({ ...tls }, onConnection);
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    port,
    url: `${tls === undefined ? 'ws' : 'wss'}://127.0.0.1:${String(port)}`,
    get accepted() {
      return sockets.size;
    },
    allClosed: async () => {
      await Promise.all(closings);
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Calls back with the head of the request that arrives first on a socket. */
export const onRequest = (socket: Socket, answer: (request: string) => void): void => {
  let text = '';
  const read = (data: Buffer): void => {
    text += data.toString('latin1');
    if (!text.includes('\r\n\r\n')) return;
    socket.off('data', read);
    answer(text);
  };
  socket.on('data', read);
};

/** The answer that RFC 6455 §4.2.2 asks for. */
export const switchingProtocols = (request: string, headers = ''): string => {
  const key = /^sec-websocket-key: (.*)\r$/imu.exec(request)?.[1] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${headers}\r\n`;
};

/** A short unmasked frame, as servers send them (RFC 6455 §5.2). */
export const frame = (firstByte: number, payload: Buffer | string): Buffer => {
  const body = Buffer.from(payload);
  return Buffer.concat([Buffer.from([firstByte, body.length]), body]);
};

/** First bytes of a frame: final text, close, and text with a reserved bit that nothing has negotiated. */
export const firstBytes = { text: 0x81, close: 0x88, reservedText: 0xc1 } as const;

/** Answers every request with the given bytes and leaves the connection open. */
export const answering =
  (answer: (request: string) => Buffer | string): ((socket: Socket) => void) =>
  (socket) => {
    onRequest(socket, (request) => socket.write(answer(request)));
  };

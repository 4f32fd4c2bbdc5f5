import { once } from 'node:events';
import { connect } from 'node:net';
import type { FuzzKind } from './corpus.ts';

/** How long the server may keep a connection whose client has said all it had to say. */
const PATIENCE_MS = 15_000;

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const goodHandshake = (token: string): Buffer =>
  latin1(
    `GET /api/v1/market-data/ws?token=${token} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );

/** A whole text frame with a mask of zeros (RFC 6455 §5.2). */
const textFrame = (payload: Buffer): Buffer => {
  const length =
    payload.length < 126
      ? Buffer.of(0x80 | payload.length)
      : payload.length < 65_536
        ? Buffer.of(0xfe, payload.length >> 8, payload.length & 0xff)
        : Buffer.concat([
            Buffer.of(0xff, 0, 0, 0, 0, 0),
            Buffer.of(payload.length >> 16, payload.length >> 8, payload.length),
          ]);
  return Buffer.concat([Buffer.of(0x81), length, Buffer.alloc(4), payload]);
};

const bytesOf = (kind: FuzzKind, text: string, token: string): Buffer => {
  const input = latin1(text.replaceAll('{token}', token));
  if (kind === 'http') return input;
  return Buffer.concat([goodHandshake(token), kind === 'frames' ? input : textFrame(input)]);
};

/** Sends an input on a connection of its own and gives what came back, or undefined when the server let go of it too late. */
export const sendInput = async (
  port: number,
  { kind, text }: { readonly kind: FuzzKind; readonly text: string },
  token: string,
): Promise<string | undefined> => {
  const socket = connect({ port, host: '127.0.0.1' });
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  // A reset is an answer as well: what was sent after the server had heard enough.
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').then(() => true);
  socket.end(bytesOf(kind, text, token));
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), PATIENCE_MS);
  const isClosed = await Promise.race([closed, late]);
  clearTimeout(timer);
  socket.destroy();
  return isClosed ? answer : undefined;
};

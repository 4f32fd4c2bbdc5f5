import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

// A client that shares nothing with the product's own: what it sees of a server is a second opinion.

/** An empty close frame, masked by zeros (RFC 6455 §5.5.1). */
const closeFrame = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);

/** Opens one WebSocket connection over a bare TCP socket, closes it, and returns the time from its start to the server's answer, ms. */
export const bareHandshakeMs = (address: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const url = new URL(address);
    const startedAtMs = performance.now();
    let answeredAfterMs: number | null = null;
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    socket.write(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    socket.on('data', (data) => {
      if (answeredAfterMs !== null) return;
      answeredAfterMs = performance.now() - startedAtMs;
      if (!data.toString('latin1').startsWith('HTTP/1.1 101 ')) reject(new Error(data.toString('latin1')));
      socket.end(closeFrame);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (answeredAfterMs === null) reject(new Error(`${url.host} closed without an answer.`));
      else resolve(answeredAfterMs);
    });
  });

import { hash, randomFillSync } from 'node:crypto';

const keyBytes = 16;
const pool = Buffer.allocUnsafeSlow(keyBytes * 1_024);
let next = pool.length;

/** A fresh `Sec-WebSocket-Key`: 16 random bytes in base64. A call of the system's generator serves a thousand. */
export const freshKey = (): string => {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  next += keyBytes;
  return pool.toString('base64', next - keyBytes, next);
};

/** The `Sec-WebSocket-Accept` that answers a key (RFC 6455 §4.2.2). */
export const acceptValue = (key: string): string =>
  hash('sha1', `${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, 'base64');

import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** How the bytes of a case arrive. */
export type Arrival = 'at once' | 'byte by byte';

/** Writes bytes to a socket, for as long as it can be written to. */
export const writeStream = async (socket: Socket, bytes: Buffer, arrival: Arrival): Promise<void> => {
  socket.setNoDelay(true);
  if (arrival === 'at once') {
    socket.write(bytes);
    return;
  }
  for (const byte of bytes) {
    if (!socket.writable) return;
    socket.write(Buffer.from([byte]));
    await setImmediate();
  }
};

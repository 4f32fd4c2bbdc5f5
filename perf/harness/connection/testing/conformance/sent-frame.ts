/** A frame that somebody is sent, as it should be or not (RFC 6455 §5.2). */
export interface SentFrame {
  /** FIN, the reserved bits and the opcode. */
  readonly firstByte: number;
  readonly payload: Buffer;
  /** How many bytes hold the length beside the first 7 bits; by default as few as it takes. */
  readonly lengthBytes?: 2 | 8;
  /** The length that it says it has; by default that of the payload. */
  readonly announcedBytes?: bigint;
  /** As the other side has to: masked by a server, plain by a client. */
  readonly isMaskedWrongly?: boolean;
}

const maskBit = 0x80;
const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

const lengthOf = (length: bigint, bytes: 0 | 2 | 8): Buffer => {
  if (bytes === 0) return Buffer.from([Number(length)]);
  const extended = Buffer.alloc(1 + bytes);
  extended[0] = bytes === 2 ? 126 : 127;
  if (bytes === 2) extended.writeUInt16BE(Number(length), 1);
  else extended.writeBigUInt64BE(length, 1);
  return extended;
};

const fewestBytes = (length: bigint): 0 | 2 | 8 => (length < 126n ? 0 : length < 65_536n ? 2 : 8);

/** The bytes of a frame that a client, or a server, sends. */
export const encodeFrame = (sent: SentFrame, sender: 'client' | 'server'): Buffer => {
  const { firstByte, payload, isMaskedWrongly = false } = sent;
  const announced = sent.announcedBytes ?? BigInt(payload.length);
  const length = lengthOf(announced, sent.lengthBytes ?? fewestBytes(announced));
  const isMasked = (sender === 'client') !== isMaskedWrongly;
  if (!isMasked) return Buffer.concat([Buffer.from([firstByte]), length, payload]);
  length[0] = (length[0] as number) | maskBit;
  const masked = payload.map((byte, index) => byte ^ (mask[index % mask.length] as number));
  return Buffer.concat([Buffer.from([firstByte]), length, mask, masked]);
};

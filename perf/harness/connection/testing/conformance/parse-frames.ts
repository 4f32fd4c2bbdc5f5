/** A frame as it was received (RFC 6455 §5.2). */
export interface ReceivedFrame {
  readonly firstByte: number;
  readonly isMasked: boolean;
  readonly payload: Buffer;
}

const readLength = (bytes: Buffer): { readonly length: number; readonly end: number } => {
  const short = (bytes[1] as number) & 0x7f;
  if (short === 126) return { length: bytes.readUInt16BE(2), end: 4 };
  if (short === 127) return { length: Number(bytes.readBigUInt64BE(2)), end: 10 };
  return { length: short, end: 2 };
};

/** The whole frames that some bytes begin with. Read here in full, and by nothing that is put to the test. */
export const parseFrames = (bytes: Buffer): readonly ReceivedFrame[] => {
  const frames: ReceivedFrame[] = [];
  let rest = bytes;
  while (rest.length >= 2) {
    const isMasked = ((rest[1] as number) & 0x80) !== 0;
    const short = (rest[1] as number) & 0x7f;
    if (rest.length < (short === 127 ? 10 : short === 126 ? 4 : 2)) break;
    const { length, end } = readLength(rest);
    const from = end + (isMasked ? 4 : 0);
    if (rest.length < from + length) break;
    const mask = isMasked ? rest.subarray(end, from) : Buffer.alloc(4);
    const payload = rest.subarray(from, from + length).map((byte, at) => byte ^ (mask[at % 4] as number));
    frames.push({ firstByte: rest[0] as number, isMasked, payload: Buffer.from(payload) });
    rest = rest.subarray(from + length);
  }
  return frames;
};

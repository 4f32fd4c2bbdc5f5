import type { ConformanceCase } from './conformance-case.ts';
import { message, type Reaction } from './reaction.ts';
import type { SentFrame } from './sent-frame.ts';

/** First bytes of frames: the opcode, with FIN where the name does not say otherwise (RFC 6455 §5.2). */
export const first = {
  text: 0x81,
  binary: 0x82,
  close: 0x88,
  ping: 0x89,
  pong: 0x8a,
  last: 0x80,
  beginText: 0x01,
  beginBinary: 0x02,
  middle: 0x00,
} as const;

/** A frame, its payload from text, bytes, or numbers. */
export const frame = (
  firstByte: number,
  payload: Buffer | string | readonly number[] = '',
  odd: Omit<SentFrame, 'firstByte' | 'payload'> = {},
): SentFrame => ({
  firstByte,
  payload: typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(payload),
  ...odd,
});

/** A whole message, known by its `id`. */
export const text = (id: string): SentFrame => frame(first.text, message(id));

/** A message in fragments of these lengths, and the rest. */
export const fragments = (
  id: string,
  lengths: readonly number[],
  begin: number = first.beginText,
): SentFrame[] => {
  const whole = message(id);
  let from = 0;
  const parts = [...lengths, whole.length].map((length, index) => {
    const until = index === lengths.length ? whole.length : from + length;
    const part = whole.subarray(from, until);
    from = until;
    return part;
  });
  return parts.map((part, index) =>
    frame(index === 0 ? begin : index === parts.length - 1 ? first.last : first.middle, part),
  );
};

/** A message of so many bytes. */
export const textOf = (byteCount: number): SentFrame => text('x'.repeat(byteCount - message('').length));

const calm: Reaction = { heard: [], pongs: [], closeCode: 1_000 };

/** Hears these and goes on. */
export const hears = (...heard: readonly string[]): Reaction => ({ ...calm, heard });

/** Answers these pings and goes on. */
export const answers = (...pongs: readonly string[]): Reaction => ({ ...calm, pongs });

/** Ends the connection with this code. */
export const ends = (closeCode: Reaction['closeCode'], heard: readonly string[] = []): Reaction => ({
  ...calm,
  heard,
  closeCode,
});

/** Cases of one group: what is sent, the section, the frames, the reaction, and whatever else there is to it. */
export const group = (
  name: string,
  ...cases: readonly (readonly [
    what: string,
    section: string,
    frames: readonly SentFrame[],
    expected: Reaction,
    more?: Pick<ConformanceCase, 'arrival' | 'ofServer' | 'answersClose'>,
  ])[]
): ConformanceCase[] =>
  cases.map(([what, section, frames, expected, more]) =>
    Object.assign({ group: name, what, section, frames, expected }, more),
  );

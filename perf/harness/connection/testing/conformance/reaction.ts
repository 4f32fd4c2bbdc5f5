import type { ReceivedFrame } from './parse-frames.ts';

/** What somebody made of the frames that it was sent, and answered. */
export interface Reaction {
  /** The `id` of each message heard, or what the server said of one that it refuses. */
  readonly heard: readonly string[];
  /** The payloads of its pongs, in Latin-1. */
  readonly pongs: readonly string[];
  /** Of the close frame that it sent. */
  readonly closeCode: number | 'without a code' | 'none';
}

const firstBytes = { close: 0x88, pong: 0x8a } as const;

/** What every message of the cases is: a ping of the market-data feed, which its server answers with the same `id`. */
export const message = (id: string): Buffer => Buffer.from(JSON.stringify({ type: 'ping', id, sentAt: 1 }));

/** The `id` of a message; the whole of one that is none. */
export const idOf = (text: string): string => {
  try {
    return (JSON.parse(text) as { readonly id: string }).id;
  } catch {
    return text;
  }
};

/** The part of a reaction that is frames on the wire. */
export const readAnswers = (frames: readonly ReceivedFrame[]): Pick<Reaction, 'pongs' | 'closeCode'> => {
  const closing = frames.find(({ firstByte }) => firstByte === firstBytes.close);
  if (closing !== undefined && closing !== frames.at(-1))
    throw new Error('Nothing may be sent after a close frame.');
  return {
    pongs: frames
      .filter(({ firstByte }) => firstByte === firstBytes.pong)
      .map(({ payload }) => payload.toString('latin1')),
    closeCode:
      closing === undefined
        ? 'none'
        : closing.payload.length === 0
          ? 'without a code'
          : closing.payload.readUInt16BE(0),
  };
};

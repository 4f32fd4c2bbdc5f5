import type { FrameListener } from '../frame-listener.ts';
import { FrameReader } from '../frame-reader.ts';
import { clientReceiver } from '../ws-frames.ts';

/** Everything that a stream of frames says, as text. */
export type FrameEvents = readonly string[];

interface Writer {
  write(bytes: Buffer): void;
}

const hear = (events: string[]): FrameListener => ({
  onMessage: (data) => events.push(`message ${data.toString('latin1')}`),
  onPing: (data) => events.push(`ping ${data.toString('latin1')}`),
  onPong: (data) => events.push(`pong ${data.toString('latin1')}`),
  onConclude: (closeCode) => events.push(`close ${String(closeCode)}`),
  onBroken: ({ code, message }) => events.push(`broken ${String(code)} ${message}`),
  onDrain: () => undefined,
});

const feed = async (writer: Writer, events: string[], pieces: readonly Buffer[]): Promise<FrameEvents> => {
  for (const piece of pieces) {
    writer.write(piece);
    // What breaks is heard before the next read from a socket.
    await new Promise((resolve) => {
      process.nextTick(resolve);
    });
    if (events.some((event) => /^(?:broken|close)/u.test(event))) break;
  }
  return events;
};

/** What the Receiver of `ws` alone makes of a stream that arrives in pieces. */
export const readByWs = (pieces: readonly Buffer[], maxMessageBytes: number): Promise<FrameEvents> => {
  const events: string[] = [];
  const receiver = clientReceiver(hear(events), maxMessageBytes, null);
  return feed({ write: (bytes) => receiver.write(Buffer.from(bytes)) }, events, pieces);
};

/** What ours makes of it; each piece is in a buffer that is overwritten afterwards, as that of a socket is. */
export const readByUs = (pieces: readonly Buffer[], maxMessageBytes: number): Promise<FrameEvents> => {
  const events: string[] = [];
  const reader = new FrameReader(hear(events), maxMessageBytes, null);
  const shared = Buffer.alloc(Math.max(...pieces.map(({ length }) => length)) + 8);
  return feed(
    {
      write: (bytes) => {
        shared.fill(0x81);
        bytes.copy(shared);
        reader.read(shared, bytes.length);
        shared.fill(0x82);
      },
    },
    events,
    pieces,
  );
};

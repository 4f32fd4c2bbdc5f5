import type { Compression } from './compression.ts';
import type { FrameListener } from './frame-listener.ts';
import { FrameWalk } from './frame-walk.ts';
import { readSmallFrames } from './small-frames.ts';
import { clientReceiver, type Receiver } from './ws-frames.ts';

/**
 * Reads the frames of a server: plain small ones here, at a fraction of the cost, all others (fragmented, split between
 * two reads, long, compressed, closing, broken) by the Receiver of `ws`. What is heard is the same either way.
 */
export class FrameReader {
  readonly #listener: FrameListener;
  readonly #maxMessageBytes: number;
  readonly #compression: Compression | null;
  // Made when something first needs it.
  #receiver: Receiver | null = null;
  // Null while the Receiver has never been given anything.
  #walk: FrameWalk | null = null;

  constructor(listener: FrameListener, maxMessageBytes: number, compression: Compression | null) {
    this.#listener = listener;
    this.#maxMessageBytes = maxMessageBytes;
    this.#compression = compression;
  }

  /** Reads the first `byteCount` bytes of a buffer that is its own again after the call. False: wait for `onDrain`. */
  read(shared: Buffer, byteCount: number): boolean {
    const readsHere = this.#compression === null && (this.#walk === null || this.#walk.isBetweenMessages);
    const from = readsHere ? readSmallFrames(shared, byteCount, this.#maxMessageBytes, this.#listener) : 0;
    return from === byteCount || this.#pass(shared, from, byteCount);
  }

  /** No more bytes will come: calls back once everything in them has been heard. */
  finish(onFinished: () => void): void {
    const receiver = this.#receiver;
    if (receiver === null || receiver.writableLength === 0 || receiver.errored !== null) {
      onFinished();
      return;
    }
    // What has arrived is still being decompressed, a close frame perhaps behind it.
    receiver.once('close', onFinished);
    receiver.end();
  }

  #pass(shared: Buffer, from: number, to: number): boolean {
    this.#receiver ??= clientReceiver(this.#listener, this.#maxMessageBytes, this.#compression);
    if (this.#compression === null) (this.#walk ??= new FrameWalk()).take(shared, from, to);
    // Messages are views of what the Receiver is given, so it must be its own.
    const bytes = Buffer.allocUnsafe(to - from);
    shared.copy(bytes, 0, from, to);
    // False only while a compressed message is being read.
    return this.#receiver.write(bytes) || this.#compression === null;
  }
}

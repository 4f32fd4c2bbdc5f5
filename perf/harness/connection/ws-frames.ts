import type { Duplex, Writable } from 'node:stream';
import * as ws from 'ws';
import type { Compression } from './compression.ts';
import type { FrameListener } from './frame-listener.ts';

type Extensions = Compression['extensions'];

const noExtensions: Extensions = {};

/** What `ws` reads frames with: bytes are written to it, messages come out as events. */
export type Receiver = Writable;

/** What `ws` writes frames with. */
export interface Sender {
  send(data: Buffer, options: { binary: boolean; compress: boolean; fin: boolean; mask: boolean }): void;
  ping(data: Buffer, mask: boolean): void;
  pong(data: Buffer, mask: boolean): void;
  close(code: number | undefined, data: Buffer | undefined, mask: boolean, onSent?: () => void): void;
}

// `ws` exports both (wrapper.mjs), but `@types/ws` does not declare them.
const frames = ws as unknown as {
  readonly Receiver: new (options: {
    readonly isServer: boolean;
    readonly maxPayload: number;
    readonly extensions: Extensions;
  }) => Receiver;
  readonly Sender: new (socket: Duplex, extensions: Extensions) => Sender;
};

/** A reader of the frames that a server sends, UTF-8 and message size checked; what it reads goes to the listener. */
export const clientReceiver = (
  listener: FrameListener,
  maxMessageBytes: number,
  compression: Compression | null,
): Receiver => {
  const receiver = new frames.Receiver({
    isServer: false,
    maxPayload: maxMessageBytes,
    extensions: compression?.extensions ?? noExtensions,
  });
  receiver.on('message', (data: Buffer) => {
    listener.onMessage(data);
  });
  receiver.on('ping', (data: Buffer) => {
    listener.onPing(data);
  });
  receiver.on('pong', (data: Buffer) => {
    listener.onPong(data);
  });
  receiver.on('conclude', (closeCode: number) => {
    listener.onConclude(closeCode);
  });
  receiver.on('error', (error: NodeJS.ErrnoException) => {
    listener.onBroken(error);
  });
  receiver.on('drain', () => {
    listener.onDrain();
  });
  return receiver;
};

/** A writer of frames onto a socket. */
export const senderOn = (socket: Duplex, compression: Compression | null): Sender =>
  new frames.Sender(socket, compression?.extensions ?? noExtensions);

import type { Duplex, Writable } from 'node:stream';
import * as ws from 'ws';
import type { Compression } from './compression.ts';

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

/** A reader of the frames that a server sends, UTF-8 and message size checked. */
export const clientReceiver = (maxMessageBytes: number, compression: Compression | null): Receiver =>
  new frames.Receiver({
    isServer: false,
    maxPayload: maxMessageBytes,
    extensions: compression?.extensions ?? noExtensions,
  });

/** A writer of frames onto a socket. */
export const senderOn = (socket: Duplex, compression: Compression | null): Sender =>
  new frames.Sender(socket, compression?.extensions ?? noExtensions);

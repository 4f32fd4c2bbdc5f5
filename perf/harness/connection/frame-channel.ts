import { failureOf } from './classify-failure.ts';
import type { Compression } from './compression.ts';
import type { ConnectionListener } from './connection-listener.ts';
import type { Failure } from './failure.ts';
import type { FrameListener } from './frame-listener.ts';
import { FrameReader } from './frame-reader.ts';
import type { Line, LineListener } from './line.ts';
import { maskedControlFrame, maskedTextFrame, opcodes, type ControlOpcode } from './masked-frame.ts';
import type { OpenedSocket } from './opened-socket.ts';
import { senderOn, type Sender } from './ws-frames.ts';

/** How long the server may take to finish a closing handshake before it is cut off. */
const closeTimeoutMs = 2_000;

/** A server that leaves more than this unread is cut off: the messages would pile up in the generator's memory. */
const maxUnsentBytes = 1_048_576;

/** No close frame was received (RFC 6455 §7.1.5). */
const abnormalClosure = 1_006;
/** A close frame without a code was received. */
const noCode = 1_005;

/** The close codes that answer broken frames (RFC 6455 §7.4.1), where it is not 1002. */
const closeCodes: Readonly<Record<string, number>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1_009,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1_009,
  WS_ERR_INVALID_UTF8: 1_007,
};
const protocolError = 1_002;

/** Carries the frames of an open connection: plain small ones itself, all others by the Receiver and Sender of `ws`. */
export class FrameChannel implements OpenedSocket, LineListener, FrameListener {
  readonly #line: Line;
  readonly #listener: ConnectionListener;
  readonly #maxMessageBytes: number;
  readonly #compression: Compression | null;
  // Made when they are first needed: a connection that is only held needs neither.
  #reader: FrameReader | null = null;
  #sender: Sender | null = null;
  #state: 'open' | 'closing' | 'concluded' = 'open';
  #isReading = true;
  #closeCode = abnormalClosure;
  #failure: Failure | null = null;
  #closeTimer: NodeJS.Timeout | null = null;

  constructor(
    line: Line,
    listener: ConnectionListener,
    maxMessageBytes: number,
    compression: Compression | null,
  ) {
    this.#line = line;
    this.#listener = listener;
    this.#maxMessageBytes = maxMessageBytes;
    this.#compression = compression;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  send(text: string, onWriting?: () => void): void {
    if (!this.#mayWrite()) return;
    const compress = this.#compression !== null;
    const frame = compress ? null : maskedTextFrame(text);
    onWriting?.();
    if (frame !== null) this.#line.socket.write(frame);
    // As bytes, so that header and payload leave in one write.
    else this.#frames().send(Buffer.from(text), { binary: false, compress, fin: true, mask: true });
  }

  ping(payload: Buffer, onWriting?: () => void): void {
    if (this.#mayWrite()) this.#writeControl(opcodes.ping, payload, onWriting);
  }

  stopReading(): void {
    if (this.#state !== 'open') return;
    this.#isReading = false;
    this.#line.socket.pause();
  }

  readAgain(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#line.socket.resume();
  }

  close(code: number): void {
    if (this.#state !== 'open') return;
    // The server's answer would not be heard.
    this.readAgain();
    this.#state = 'closing';
    this.#frames().close(code, undefined, true);
    this.#limitClosing();
  }

  terminate(): void {
    if (this.#state === 'open') this.#state = 'closing';
    this.#line.socket.destroy();
  }

  onPhase(): void {
    // All phases are over before there are frames.
  }

  onBytes(shared: Buffer, byteCount: number): void {
    if (this.#state === 'concluded') return;
    this.#reader ??= new FrameReader(this, this.#maxMessageBytes, this.#compression);
    if (!this.#reader.read(shared, byteCount)) this.#line.socket.pause();
  }

  onEnd(): void {
    // A server that has closed its side hears nothing that would still be worth sending.
    this.terminate();
  }

  onError(): void {
    // The close that follows says it.
  }

  onClose(): void {
    if (this.#closeTimer !== null) clearTimeout(this.#closeTimer);
    if (this.#reader === null) this.#end();
    else {
      this.#reader.finish(() => {
        this.#end();
      });
    }
  }

  onMessage(data: Buffer): void {
    this.#listener.onMessage(data);
  }

  onPong(data: Buffer): void {
    this.#listener.onPong(data);
  }

  onPing(data: Buffer): void {
    if (this.#mayWrite()) this.#writeControl(opcodes.pong, data);
  }

  onDrain(): void {
    if (this.#isReading) this.#line.socket.resume();
  }

  onBroken(error: NodeJS.ErrnoException): void {
    const closeCode = closeCodes[error.code ?? ''] ?? protocolError;
    this.#break(failureOf('protocol', { detail: error.message }), closeCode);
  }

  #end(): void {
    this.#state = 'concluded';
    this.#compression?.release();
    this.#listener.onClose(this.#closeCode, this.#failure);
  }

  #writeControl(opcode: ControlOpcode, payload: Buffer, onWriting?: () => void): void {
    // A compressed message may still be on its way: the Sender keeps the order.
    const frame = this.#compression === null ? maskedControlFrame(opcode, payload) : null;
    onWriting?.();
    if (frame !== null) this.#line.socket.write(frame);
    else if (opcode === opcodes.ping) this.#frames().ping(payload, true);
    else this.#frames().pong(payload, true);
  }

  #frames(): Sender {
    return (this.#sender ??= senderOn(this.#line.socket, this.#compression));
  }

  /** The server's close frame: answered unless it answers ours, then our side is closed; the server closes the line. */
  onConclude(code: number): void {
    this.#closeCode = code;
    const { socket } = this.#line;
    const isAnswer = this.#state === 'closing';
    this.#state = 'concluded';
    if (!isAnswer) this.#listener.onServerClosing?.();
    if (socket.destroyed) return;
    if (isAnswer) socket.end();
    else this.#frames().close(code === noCode ? undefined : code, undefined, true, () => socket.end());
    this.#limitClosing();
  }

  /** Says why, where the server still listens, and cuts the line (RFC 6455 §7.1.7). */
  #break(failure: Failure, closeCode: number | null): void {
    this.#failure ??= failure;
    if (this.#state === 'open' && closeCode !== null) this.#frames().close(closeCode, undefined, true);
    this.#state = 'concluded';
    this.#line.socket.destroy();
  }

  #limitClosing(): void {
    this.#closeTimer ??= setTimeout(() => {
      this.terminate();
    }, closeTimeoutMs);
  }

  #mayWrite(): boolean {
    if (this.#state !== 'open') return false;
    const unsentBytes = this.#line.socket.writableLength;
    if (unsentBytes <= maxUnsentBytes) return true;
    const detail = `the server stopped reading: ${String(unsentBytes)} bytes are unsent`;
    this.#break(failureOf('dropped', { closeCode: abnormalClosure, detail }), null);
    return false;
  }
}

import type { Failure } from './failure.ts';

/** Hears a connection from the moment it is open; attached before any event can fire. */
export interface ConnectionListener {
  onMessage(data: Buffer): void;
  onPong(data: Buffer): void;
  /** The server has sent its close frame, unless it answers ours: nothing more comes, and the line is being closed. */
  onServerClosing?(): void;
  /** The dialling has begun: until it is decided, `callOff` ends it as failed. */
  onDialling?(callOff: () => void): void;
  /** `failure` is set when a frame broke the protocol, or the server stopped reading. */
  onClose(closeCode: number, failure: Failure | null): void;
}

/** Hears everything that a server's frames say, in the order they came. */
export interface FrameListener {
  onMessage(data: Buffer): void;
  onPing(data: Buffer): void;
  onPong(data: Buffer): void;
  /** The server's close frame, the last that is heard; 1005 where it had no code. */
  onConclude(closeCode: number): void;
  /** A frame broke the protocol; nothing is heard after it. */
  onBroken(error: NodeJS.ErrnoException): void;
  /** More bytes are welcome again. */
  onDrain(): void;
}

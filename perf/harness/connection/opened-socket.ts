/** A connection that is open, as its owner handles it; what it receives goes to its `ConnectionListener`. */
export interface OpenedSocket {
  /** Neither side has begun to close. */
  readonly isOpen: boolean;
  /**
   * Sends a text message; nothing once the connection is closing. `onWriting` is called when the frame is made and about to
   * be handed to the system: the moment to take the time, since making it is no time of the server's.
   */
  send(text: string, onWriting?: () => void): void;
  /** Sends a ping frame of at most 125 bytes; nothing once the connection is closing. */
  ping(payload: Buffer, onWriting?: () => void): void;
  /** Stops reading: what the server sends stays in the system’s buffers, and then in its own. */
  stopReading(): void;
  /** Reads again; nothing where it was not stopped. */
  readAgain(): void;
  /** Begins the closing handshake; a server that does not finish it in time is cut off. */
  close(code: number): void;
  /** Cuts the line at once. */
  terminate(): void;
}

/** Everything one attempt needs to open a connection; plain data, so that it travels to an agent. */
export interface Dial {
  /** With the token in its query, where the token travels there. */
  readonly url: string;
  /** Offered with `Sec-WebSocket-Protocol`. */
  readonly subprotocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/** What all attempts of a run share. */
export interface DialSettings {
  readonly origin: string | null;
  /** PEM text of a certificate authority to trust in addition to the well-known ones. */
  readonly certificateAuthority: string | null;
  /** From the start of the attempt to the 101. */
  readonly handshakeTimeoutMs: number;
  /** Messages larger than this end the connection (close code 1009). */
  readonly maxMessageBytes: number;
  /** Offers permessage-deflate (RFC 7692); the server may decline. Not when left out. */
  readonly offersCompression?: boolean;
}

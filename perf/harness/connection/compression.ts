import * as ws from 'ws';

/** A negotiated permessage-deflate (RFC 7692), as `ws` carries it out. */
export interface Compression {
  /** What `ws` hands to its Receiver and Sender. */
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Releases the compressor; no message may follow. */
  release(): void;
}

interface PerMessageDeflate {
  offer(): Readonly<Record<string, unknown>>;
  accept(parameters: unknown): unknown;
  cleanup(): void;
}

// `ws` exports both (wrapper.mjs), but `@types/ws` does not declare them.
const { PerMessageDeflate, extension } = ws as unknown as {
  readonly PerMessageDeflate: new (options: {
    readonly isServer: boolean;
    readonly maxPayload: number;
  }) => PerMessageDeflate;
  readonly extension: {
    parse(header: string): Readonly<Record<string, readonly unknown[]>>;
    format(extensions: Readonly<Record<string, unknown>>): string;
  };
};

const name = 'permessage-deflate';

/** The value of `Sec-WebSocket-Extensions` that offers compression. */
export const compressionOffer = (): string =>
  extension.format({ [name]: new PerMessageDeflate({ isServer: false, maxPayload: 0 }).offer() });

/** What the server's answer to the offer comes to, or null where it is none that the offer allows. */
export const acceptCompression = (header: string, maxMessageBytes: number): Compression | null => {
  const deflate = new PerMessageDeflate({ isServer: false, maxPayload: maxMessageBytes });
  try {
    const accepted = extension.parse(header);
    if (Object.keys(accepted).join() !== name || accepted[name]?.length !== 1) return null;
    deflate.accept(accepted[name]);
  } catch {
    return null;
  }
  return {
    extensions: { [name]: deflate },
    release: () => {
      deflate.cleanup();
    },
  };
};

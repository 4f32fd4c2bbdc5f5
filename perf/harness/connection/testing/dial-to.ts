import type { Dial, DialSettings } from '../dial.ts';
import type { Failure } from '../failure.ts';
import type { ConnectionListener } from '../connection-listener.ts';

/** A dial of a bare address. */
export const dialTo = (url: string, overrides: Partial<Dial> = {}): Dial => ({
  url,
  subprotocols: [],
  headers: {},
  ...overrides,
});

/** Patient settings: what a test expects to happen has all the time it needs. */
export const dialSettings = (overrides: Partial<DialSettings> = {}): DialSettings => ({
  origin: null,
  certificateAuthority: null,
  handshakeTimeoutMs: 30_000,
  maxMessageBytes: 1_048_576,
  ...overrides,
});

/** What a connection told its listener. */
export interface Heard extends ConnectionListener {
  readonly messages: string[];
  readonly closes: { readonly closeCode: number; readonly failure: Failure | null }[];
  /** Resolves at the first close. */
  readonly closed: Promise<void>;
}

/** A listener that writes down what it hears. */
export const listening = (): Heard => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const heard: Heard = {
    messages: [],
    closes: [],
    closed,
    onMessage: (data) => {
      heard.messages.push(data.toString('utf8'));
    },
    onPong: () => undefined,
    onClose: (closeCode, failure) => {
      heard.closes.push({ closeCode, failure });
      resolve();
    },
  };
  return heard;
};

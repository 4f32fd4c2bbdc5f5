/** What a connection does while it is held open. */
export type Behaviour =
  /** Receives and counts; where the messages are the reference server's quotes, checks their sequence. */
  | { readonly kind: 'listen' }
  /**
   * Sends a ping at a fixed rate whatever the answers do, and times each answer.
   * `message`: the reference server's JSON ping, correlated by id. `frame`: a protocol ping frame (RFC 6455 §5.5.2),
   * which every server answers.
   */
  | { readonly kind: 'ping'; readonly everyMs: number; readonly via: 'message' | 'frame' };

/** Receives whatever the server sends. */
export const listen = (): Behaviour => ({ kind: 'listen' });

/** Pings every `everySeconds`, by message where the target answers those, else by protocol frame. */
export const pingEvery = (options: {
  readonly everySeconds: number;
  readonly via: 'message' | 'frame';
}): Behaviour => ({ kind: 'ping', everyMs: options.everySeconds * 1_000, via: options.via });

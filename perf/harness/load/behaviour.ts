import { msFromSeconds } from '../units.ts';
import type { Conversation } from './conversation.ts';

/** What a connection does while it is held open. */
export type Behaviour =
  /** Receives and counts; where the messages are the reference server's quotes, checks their sequence. */
  | { readonly kind: 'listen' }
  /**
   * Sends a ping at a fixed rate whatever the answers do, and times each answer.
   * `message`: the reference server's JSON ping, correlated by id. `frame`: a protocol ping frame (RFC 6455 §5.5.2),
   * which every server answers.
   */
  | { readonly kind: 'ping'; readonly everyMs: number; readonly via: PingWay }
  /**
   * Sends the next ping when the answer to the last has come and the think time is over (closed loop): as fast as the
   * server answers, and no faster.
   */
  | { readonly kind: 'ping-loop'; readonly thinkMs: number; readonly via: PingWay }
  /** Asks the reference server for the quotes of some symbols alone, and checks that no others come once it said yes. */
  | { readonly kind: 'subscribe'; readonly symbols: readonly string[] }
  /** Goes once through a script of messages, expectations and pauses; then, or where a step failed, it listens. */
  | Conversation;

/** By the reference server's JSON ping, correlated by id, or by a protocol ping frame, which every server answers. */
export type PingWay = 'message' | 'frame';

/** Receives whatever the server sends. */
export const listen = (): Behaviour => ({ kind: 'listen' });

/** Pings every `everySeconds`, by message where the target answers those, else by protocol frame. */
export const pingEvery = (options: { readonly everySeconds: number; readonly via: PingWay }): Behaviour => ({
  kind: 'ping',
  everyMs: msFromSeconds(options.everySeconds),
  via: options.via,
});

/** Pings again as soon as the answer has come and `thinkSeconds` (default 0) have passed; by frame where not said. */
export const pingLoop = (
  options: { readonly thinkSeconds?: number; readonly via?: PingWay } = {},
): Behaviour => ({
  kind: 'ping-loop',
  thinkMs: msFromSeconds(options.thinkSeconds ?? 0),
  via: options.via ?? 'frame',
});

/** Subscribes to these symbols of the reference server's feed once the connection is open. */
export const subscribeTo = (...symbols: readonly string[]): Behaviour => ({ kind: 'subscribe', symbols });

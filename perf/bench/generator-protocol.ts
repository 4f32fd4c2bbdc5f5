import type { ValidityCheck } from '../harness/record/run-record.ts';
import type { Spread } from './spread.ts';

/** What a generator process, ours or the naive one, is asked to do; it does one of them and is then ended. */
export type GeneratorRequest =
  /** Open all connections as fast as it can, hold them, close them. */
  | { readonly kind: 'open'; readonly url: string; readonly connections: number }
  /**
   * On each connection send a JSON ping with an id of its own, wait for the pong with that id, send the next, as fast as
   * it can: what a script does that wants to know how long its server takes to answer.
   */
  | {
      readonly kind: 'echo';
      readonly url: string;
      readonly connections: number;
      readonly warmUpMs: number;
      readonly windowMs: number;
    }
  /** On each connection send a protocol ping every `everyMs`, whatever the answers do. */
  | {
      readonly kind: 'paced';
      readonly url: string;
      readonly connections: number;
      readonly everyMs: number;
      readonly durationMs: number;
    };

/** When something was measured, in ms of the Unix epoch. */
export interface Window {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}

/** What an opening gave. */
export interface OpeningReply {
  /** From the first dial to the last connection open. */
  readonly window: Window;
  readonly opened: number;
  readonly failed: number;
  /** As the generator itself would report it. */
  readonly connectTime: Spread | null;
  /** Processor time from before the first dial to all open: start-up of the process is not in it. */
  readonly cpuMs: number;
  /** Resident bytes before the first dial, and with all connections held, both after a collection of garbage. */
  readonly residentBytesBefore: number;
  readonly residentBytesHeld: number;
  /** Whether it says of itself that its numbers are true; null where it can not say. */
  readonly conclusive: boolean | null;
  /** What that rests on; empty where it can not say. */
  readonly checks: readonly ValidityCheck[];
}

/** What a window of pings and pongs gave. */
export interface EchoReply {
  readonly window: Window;
  readonly roundTrips: number;
  readonly cpuMs: number;
  readonly roundTrip: Spread | null;
}

/** What paced pings gave. */
export interface PacedReply {
  readonly window: Window;
  readonly roundTrip: Spread | null;
}

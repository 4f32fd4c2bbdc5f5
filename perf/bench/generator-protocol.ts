import type { ValidityCheck } from '../harness/record/run-record.ts';
import type { Spread } from './spread.ts';

/** What a generator process, ours or the naive one, is asked to do; it does one of them and is then ended. */
export type GeneratorRequest =
  /** Open all connections as fast as it can, hold them for a while, close them; nothing else disturbs it meanwhile. */
  | { readonly kind: 'open'; readonly url: string; readonly connections: number }
  /**
   * Open all connections as fast as it can, collect garbage, see how much memory they take, close them. `thrownAway`: so
   * many are opened and closed first, that the code is warm.
   */
  | { readonly kind: 'hold'; readonly url: string; readonly connections: number; readonly thrownAway: number }
  /**
   * On each connection send a JSON ping with an id of its own, wait for the pong with that id, send the next, as fast as
   * it can: what a script does that wants to know how long its server takes to answer.
   */
  | {
      readonly kind: 'echo';
      readonly url: string;
      readonly connections: number;
      /** From the first dial on. */
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

/** What an opening cost. */
interface Opened {
  /** From the first dial to the last connection open. */
  readonly window: Window;
  readonly opened: number;
  readonly failed: number;
  /** Processor time from before the first dial to all open: start-up and rehearsal of the process are not in it. */
  readonly cpuMs: number;
}

/** What an opening gave. */
export interface OpeningReply extends Opened {
  /** When each attempt that opened was started, ms of the Unix epoch. */
  readonly startedAtEpochMs: readonly number[];
  /** As the generator itself would report it. */
  readonly connectTime: Spread | null;
  /** Whether it says of itself that its numbers are true; null where it can not say. */
  readonly conclusive: boolean | null;
  /** What it says against them. */
  readonly failedChecks: readonly ValidityCheck[];
}

/** What a holding gave. */
export interface HoldingReply extends Opened {
  /** Resident bytes before the first dial, and with all connections held, both after a collection of garbage. */
  readonly residentBytesBefore: number;
  readonly residentBytesHeld: number;
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

/** Why there is no window of pings and pongs: its beginning was past before it could begin. */
export const warmUpTooShort =
  'The connections took longer to open than the whole warm-up: the machine is overloaded. Run again.';

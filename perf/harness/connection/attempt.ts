import type { Failure } from './failure.ts';

interface Scheduled {
  /** Position in the plan, from 0. */
  readonly index: number;
  /** Which try to come back after a cut it is, from 1; absent on the attempts that the plan itself has. */
  readonly retry?: number;
  /** When the plan wanted it to start. All points in time are ms since the start of the load, on a monotonic clock. */
  readonly dueAtMs: number;
}

/** A connection whose handshake completed: 101 received and the socket open. */
export interface OpenedAttempt extends Scheduled {
  readonly outcome: 'opened';
  readonly startedAtMs: number;
  /** Null where the phase did not happen: the address was numeric, or the scheme has no TLS. */
  readonly dnsResolvedAtMs: number | null;
  readonly tcpConnectedAtMs: number | null;
  readonly tlsDoneAtMs: number | null;
  /** The 101 was read and checked: the end of the connect time. */
  readonly openedAtMs: number;
  readonly firstMessageAtMs: number | null;
  /** When the last of the expected initial messages had arrived; equals `openedAtMs` when none are expected. */
  readonly readyAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly messagesReceived: number;
  readonly bytesReceived: number;
  /** What went wrong after opening: `closed-before-ready`, `no-initial-message`, `dropped`, `protocol`. Null: nothing. */
  readonly failure: Failure | null;
  /** Stayed open from its opening to the end of the hold, or to its own planned end. */
  readonly stable: boolean;
  /** The plan itself cut the line, as a reconnect storm does; absent where it did not. */
  readonly wasCut?: true;
  /** What became of its conversation; absent where it had none. */
  readonly conversation?: ConversationOutcome;
  /** Absent where it was not to stop reading. */
  readonly slowReading?: SlowReading;
}

/** What became of a connection that was to stop reading for a while. */
export type SlowReading =
  /** It opened too late for it, or ended before. */
  | { readonly state: 'never-stopped' }
  /** It was left before it had read again, or before it had the time to catch up. */
  | { readonly state: 'undecided'; readonly stoppedAtMs: number }
  /** The server ended it before it had caught up. */
  | {
      readonly state: 'closed';
      readonly stoppedAtMs: number;
      readonly closeCode: number;
      /** Of the messages that it still received once it read again. */
      readonly unreadBytes: number;
    }
  /** It read again, and a ping sent then was answered: it has received all that was sent before. */
  | {
      readonly state: 'caught-up';
      readonly stoppedAtMs: number;
      readonly readAgainAtMs: number;
      readonly caughtUpAtMs: number;
      /** Of the messages that it received in between. */
      readonly unreadBytes: number;
    }
  /** It read again, and had the time to catch up, and did not. */
  | { readonly state: 'behind'; readonly stoppedAtMs: number; readonly readAgainAtMs: number };

/** What became of a conversation. A step is told by its place: `2`, or `3.1 (round 4 of 10)`. */
export type ConversationOutcome =
  | { readonly state: 'completed' }
  /** The hold was over before it was; `step` is the one that it had come to. */
  | { readonly state: 'unfinished'; readonly step: string }
  | {
      readonly state: 'failed';
      readonly step: string;
      readonly expected: string;
      /** The first message that came instead, shortened; null where none came. */
      readonly detail: string | null;
      /** With which the other side ended the connection at that step; null where it did not. */
      readonly closeCode: number | null;
      /** By how much what was expected came too late, ms; null where it never came. */
      readonly lateMs: number | null;
    };

/** A connection that never opened. */
export interface FailedAttempt extends Scheduled {
  readonly outcome: 'failed';
  readonly startedAtMs: number;
  readonly failedAtMs: number;
  readonly failure: Failure;
}

/** The run ended (interrupted, out of time) before this attempt could start, or before it was decided. */
export interface NotStartedAttempt extends Scheduled {
  readonly outcome: 'not-started';
}

/** One try to open a connection, with its outcome. What the endpoint does is data: an attempt never throws. */
export type ConnectionAttempt = OpenedAttempt | FailedAttempt | NotStartedAttempt;

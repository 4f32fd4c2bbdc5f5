import type { ConnectionAttempt } from '../connection/attempt.ts';
import type { FailureReason } from '../connection/failure.ts';
import type { EncodedDistribution } from '../metrics/distribution.ts';
import type { SequenceFindings } from '../metrics/sequence-tracker.ts';
import type { SoFar } from '../metrics/so-far.ts';
import type { SlotGrid } from '../metrics/slot-grid.ts';
import type { EncodedTimedDistribution } from '../metrics/timed-distribution.ts';
import type { EncodedTimedRate } from '../metrics/timed-rate.ts';
import type { TimelinePoint } from '../record/run-record.ts';
import type { MessageResult } from './message-result.ts';
import type { ConversationFindings } from './conversation-tally.ts';
import type { ReceivedByConnection } from './connection-life.ts';
import type { ReconnectFindings } from './reconnects.ts';
import type { SubscriptionFindings } from './subscription.ts';
import type { SelfReport } from './self-watch.ts';

/** What one agent measured: plain data, mergeable with what the others did. */
export interface AgentResult {
  /** By what its numbers are cut: all but the attempts are without the warm-up. */
  readonly grid: SlotGrid;
  /** The hold did not end by itself: the load was told to end. */
  readonly wasStopped: boolean;
  /** All of them, those of the warm-up too. */
  readonly attempts: readonly ConnectionAttempt[];
  readonly pings: {
    readonly roundTrip: EncodedTimedDistribution;
    readonly roundTripFromDue: EncodedTimedDistribution;
    /** All of them, those of the warm-up too. */
    readonly sent: number;
    readonly warmUpSent: number;
    /** Those that had time to be answered. */
    readonly answered: EncodedTimedRate;
  };
  readonly messages: MessageResult;
  /** Null when the messages were not checked. */
  readonly sequences: SequenceFindings | null;
  /** Absent where there was no conversation. */
  readonly conversations?: ConversationFindings;
  /** Absent where nothing was subscribed to. */
  readonly subscriptions?: SubscriptionFindings;
  /** Absent where no line was to be cut. */
  readonly reconnects?: ReconnectFindings;
  /** What each connection received; absent where the plan does not keep it. */
  readonly received?: readonly ReceivedByConnection[];
  readonly timeline: readonly TimelinePoint[];
  readonly self: SelfReport;
  /** When the last attempt had been decided. */
  readonly openingOverAtMs: number;
  /** When the hold began to end: connections were still open, counts could still be compared. */
  readonly holdOverAtMs: number;
  readonly finishedAtMs: number;
}

/** Where one agent stands. */
export interface AgentProgress {
  readonly point: TimelinePoint;
  /** Of the opening, and after it. */
  readonly failures: Readonly<Partial<Record<FailureReason, number>>>;
  readonly connectTime: EncodedDistribution;
  /** The metrics that the plan wants watched. */
  readonly soFar: SoFar;
}

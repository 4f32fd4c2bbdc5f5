import type { ConnectionAttempt } from '../connection/attempt.ts';
import type { FailureReason } from '../connection/failure.ts';
import type { EncodedDistribution } from '../metrics/distribution.ts';
import type { SequenceFindings } from '../metrics/sequence-tracker.ts';
import type { TimelinePoint } from '../record/run-record.ts';
import type { SelfReport } from './self-watch.ts';

/** What one agent measured: plain data, mergeable with what the others did. */
export interface AgentResult {
  readonly attempts: readonly ConnectionAttempt[];
  readonly pings: {
    readonly roundTrip: EncodedDistribution;
    readonly roundTripFromDue: EncodedDistribution;
    readonly sent: number;
    readonly answered: number;
    readonly expected: number;
  };
  /** Null when the messages were not checked. */
  readonly sequences: SequenceFindings | null;
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
  readonly failures: Readonly<Partial<Record<FailureReason, number>>>;
  readonly connectTime: EncodedDistribution;
}

import type { ConnectionAttempt } from '../connection/attempt.ts';
import type { Clock } from '../connection/clock.ts';
import type { Failure, FailureReason } from '../connection/failure.ts';
import { Distribution, type EncodedDistribution } from '../metrics/distribution.ts';
import { sumFindings, type SequenceFindings } from '../metrics/sequence-tracker.ts';
import type { SoFarTally } from '../metrics/so-far-tally.ts';
import type { TimelinePoint } from '../record/run-record.ts';
import type { AgentProgress } from './agent-result.ts';
import type { ConnectionLife, ReceivedByConnection } from './connection-life.ts';

/** Encoding a histogram takes 0.1 to 0.2 ms of the generator's processor time; people do not read faster than this, ms. */
const encodeEveryMs = 500;

type FailureCounts = Partial<Record<FailureReason, number>>;

const addTo = (counts: FailureCounts, { reason }: Failure): void => {
  counts[reason] = (counts[reason] ?? 0) + 1;
};

/**
 * The running totals of one agent: what its progress and its timeline are made of. Of connections that are over only the
 * attempt and the findings are kept.
 */
export class RunningTotals {
  readonly timeline: TimelinePoint[] = [];
  readonly #connectTime = new Distribution();
  #encoded: { readonly atMs: number; readonly connectTime: EncodedDistribution } | null = null;
  readonly #failures: FailureCounts = {};
  #failed = 0;
  #failedAfterOpening = 0;
  #started = 0;
  /** Those that had not ended at the last look. */
  readonly #going = new Set<ConnectionLife>();
  readonly #ended: ConnectionAttempt[] = [];
  #messagesOfEnded = 0;
  #sequencesOfEnded: SequenceFindings | null = null;
  readonly #receivedByEnded: ReceivedByConnection[] = [];
  readonly #clock: Clock;
  readonly #soFar: SoFarTally;
  readonly #keepsReceived: boolean;

  constructor(clock: Clock, soFar: SoFarTally, keepsReceived: boolean) {
    this.#keepsReceived = keepsReceived;
    this.#clock = clock;
    this.#soFar = soFar;
  }

  /** The connections that were not over at the last look, in the order of their starts. */
  get going(): ConnectionLife[] {
    return [...this.#going];
  }

  begin(life: ConnectionLife): void {
    this.#started += 1;
    this.#going.add(life);
  }

  decided(life: ConnectionLife): void {
    if (life.connectTimeMs !== null) this.#connectTime.record(life.connectTimeMs);
    if (life.openingFailure === null) return;
    this.#failed += 1;
    addTo(this.#failures, life.openingFailure);
  }

  /** The most connections that were open at one of the points of the timeline. */
  mostOpen(): number {
    return this.timeline.reduce((most, { open }) => Math.max(most, open), 0);
  }

  take(): AgentProgress {
    let open = 0;
    let messages = 0;
    let failedNow = 0;
    const failures: FailureCounts = {};
    for (const life of this.#going) {
      this.#soFar.look(life);
      if (life.isOver) {
        this.#end(life);
        continue;
      }
      if (life.isOpen) open += 1;
      messages += life.messagesReceived;
      // It may fail and stay open, as one without its initial messages does.
      if (life.laterFailure === null) continue;
      failedNow += 1;
      addTo(failures, life.laterFailure);
    }
    for (const [reason, count] of Object.entries(this.#failures) as [FailureReason, number][])
      failures[reason] = (failures[reason] ?? 0) + count;
    const point = {
      atMs: this.#clock(),
      started: this.#started,
      open,
      failed: this.#failed,
      failedAfterOpening: this.#failedAfterOpening + failedNow,
      messages: messages + this.#messagesOfEnded,
    };
    this.timeline.push(point);
    return {
      point,
      failures,
      connectTime: this.#encodeConnectTime(point.atMs),
      soFar: this.#soFar.soFar(),
    };
  }

  /** All that were started, those that are over first. */
  attempts(): ConnectionAttempt[] {
    return [...this.#ended, ...this.going.map((life) => life.attempt())];
  }

  /** What the sequences of all of them showed; null where none were checked. */
  sequences(): SequenceFindings | null {
    return sumFindings(
      [this.#sequencesOfEnded, ...this.going.map(({ sequenceFindings }) => sequenceFindings)].filter(
        (findings) => findings !== null,
      ),
    );
  }

  /** What each connection received, and while it could; for loads whose plan keeps it. */
  received(): ReceivedByConnection[] {
    return [...this.#receivedByEnded, ...this.going.flatMap((life) => life.received() ?? [])];
  }

  #encodeConnectTime(atMs: number): EncodedDistribution {
    const last = this.#encoded;
    const isFresh =
      last !== null &&
      (last.connectTime.count === this.#connectTime.count || atMs - last.atMs < encodeEveryMs);
    if (isFresh) return last.connectTime;
    const connectTime = this.#connectTime.encode();
    this.#encoded = { atMs, connectTime };
    return connectTime;
  }

  #end(life: ConnectionLife): void {
    this.#going.delete(life);
    this.#ended.push(life.attempt());
    this.#messagesOfEnded += life.messagesReceived;
    if (life.laterFailure !== null) {
      this.#failedAfterOpening += 1;
      addTo(this.#failures, life.laterFailure);
    }
    const received = this.#keepsReceived ? life.received() : null;
    if (received !== null) this.#receivedByEnded.push(received);
    const findings = life.sequenceFindings;
    if (findings !== null)
      this.#sequencesOfEnded = sumFindings([
        findings,
        ...(this.#sequencesOfEnded === null ? [] : [this.#sequencesOfEnded]),
      ]);
  }
}

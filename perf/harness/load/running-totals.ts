import type { Clock } from '../connection/clock.ts';
import type { FailureReason } from '../connection/failure.ts';
import { Distribution } from '../metrics/distribution.ts';
import type { SoFar } from '../metrics/so-far.ts';
import type { TimelinePoint } from '../record/run-record.ts';
import type { AgentProgress } from './agent-result.ts';
import type { ConnectionLife } from './connection-life.ts';

/** The running totals of one agent: what its progress and its timeline are made of. */
export class RunningTotals {
  readonly timeline: TimelinePoint[] = [];
  readonly started: ConnectionLife[] = [];
  readonly #connectTime = new Distribution();
  readonly #failures: Partial<Record<FailureReason, number>> = {};
  #failed = 0;
  /** Those that had not ended at the last look: the ended ones of a long load are not counted again and again. */
  readonly #going = new Set<ConnectionLife>();
  #messagesOfEnded = 0;
  readonly #clock: Clock;
  readonly #readSoFar: (started: readonly ConnectionLife[]) => SoFar;

  constructor(clock: Clock, readMetrics: (started: readonly ConnectionLife[]) => SoFar) {
    this.#clock = clock;
    this.#readSoFar = readMetrics;
  }

  begin(life: ConnectionLife): void {
    this.started.push(life);
    this.#going.add(life);
  }

  decided(life: ConnectionLife): void {
    if (life.connectTimeMs !== null) this.#connectTime.record(life.connectTimeMs);
    if (life.openingFailure === null) return;
    this.#failed += 1;
    this.#failures[life.openingFailure.reason] = (this.#failures[life.openingFailure.reason] ?? 0) + 1;
  }

  /** The most connections that were open at one of the points of the timeline. */
  mostOpen(): number {
    return this.timeline.reduce((most, { open }) => Math.max(most, open), 0);
  }

  take(): AgentProgress {
    let open = 0;
    let messages = 0;
    for (const life of this.#going) {
      if (life.isOver) {
        this.#going.delete(life);
        this.#messagesOfEnded += life.messagesReceived;
        continue;
      }
      if (life.isOpen) open += 1;
      messages += life.messagesReceived;
    }
    messages += this.#messagesOfEnded;
    const point = { atMs: this.#clock(), started: this.started.length, open, failed: this.#failed, messages };
    this.timeline.push(point);
    return {
      point,
      failures: { ...this.#failures },
      connectTime: this.#connectTime.encode(),
      soFar: this.#readSoFar(this.started),
    };
  }
}

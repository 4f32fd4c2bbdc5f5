import type { Clock } from '../connection/clock.ts';
import type { FailureReason } from '../connection/failure.ts';
import { startEpochClock } from '../connection/epoch-clock.ts';
import { Distribution } from '../metrics/distribution.ts';
import { sumFindings } from '../metrics/sequence-tracker.ts';
import type { TimelinePoint } from '../record/run-record.ts';
import type { AgentProgress, AgentResult } from './agent-result.ts';
import { ConnectionLife } from './connection-life.ts';
import { readHeadroom } from './headroom.ts';
import type { Stage } from './meeting-point.ts';
import { MessageReader } from './message-reader.ts';
import { MessageTally } from './message-tally.ts';
import { dueAtMs, livesOnItsOwn, plannedAttempts } from './pacer.ts';
import { emptyPingTally, type PingTally } from './ping-schedule.ts';
import type { LoadPlan, Share } from './plan.ts';
import { watchSelf } from './self-watch.ts';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';
import { startWhenDue } from './turn-pacer.ts';

const progressEveryMs = 250;

/** How a share of a load is driven. */
export interface DriveOptions {
  readonly plan: LoadPlan;
  readonly share: Share;
  /** 0 is the agreed start of the load. */
  readonly clock: Clock;
  /** Ends the load early: nothing more is started, what is open is closed, what was measured is returned. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AgentProgress) => void;
  /** Resolves when all agents of the load have come to this stage: they hold, and let go, together. */
  readonly meetOthers?: (stage: Stage) => Promise<void>;
}

const sharedIndices = (total: number, { part, of }: Share): number[] => {
  const indices: number[] = [];
  for (let index = part; index < total; index += of) indices.push(index);
  return indices;
};

/** Keeps the running totals that progress and timeline are made of. */
class Progress {
  readonly timeline: TimelinePoint[] = [];
  readonly started: ConnectionLife[] = [];
  readonly #connectTime = new Distribution();
  readonly #failures: Partial<Record<FailureReason, number>> = {};
  #failed = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
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
    for (const life of this.started) {
      if (life.isOpen) open += 1;
      messages += life.messagesReceived;
    }
    const point = { atMs: this.#clock(), started: this.started.length, open, failed: this.#failed, messages };
    this.timeline.push(point);
    return { point, failures: { ...this.#failures }, connectTime: this.#connectTime.encode() };
  }
}

const hold = async (lives: readonly ConnectionLife[], options: DriveOptions): Promise<void> => {
  await sleepUnlessAborted(options.plan.profile.holdMs, options.signal);
  if (options.signal.aborted) return;
  // A hold shorter than the time allowed for the initial messages must not cut that time short.
  const aborted = Promise.withResolvers<void>();
  const stopWaiting = (): void => {
    aborted.resolve();
  };
  options.signal.addEventListener('abort', stopWaiting, { once: true });
  await Promise.race([Promise.all(lives.map((life) => life.readyDecided)), aborted.promise]);
  options.signal.removeEventListener('abort', stopWaiting);
};

const encodePings = (tally: PingTally): AgentResult['pings'] => ({
  roundTrip: tally.roundTrip.encode(),
  roundTripFromDue: tally.roundTripFromDue.encode(),
  sent: tally.sent,
  warmUpSent: tally.warmUpSent,
  answered: tally.answered.encode(),
});

/** Drives a share of a load to its end and returns what it measured; what the endpoint does never throws. */
export const driveLoad = async (options: DriveOptions): Promise<AgentResult> => {
  const { plan, share, clock, signal } = options;
  const { arrivals } = plan.profile;
  const pingTally = emptyPingTally(plan.grid);
  const reader = new MessageReader();
  const messages = new MessageTally({
    clock,
    epochClock: startEpochClock(),
    offset: plan.publisherClock,
    grid: plan.grid,
  });
  const indices = sharedIndices(plannedAttempts(arrivals), share);
  const dueTimesMs = indices.map((index) => dueAtMs(arrivals, index));
  const lives = indices.map(
    (index, position) =>
      new ConnectionLife({
        index,
        dueAtMs: dueTimesMs[position] ?? 0,
        plan,
        clock,
        pingTally,
        reader,
        messages,
      }),
  );
  await sleepUnlessAborted(-clock(), signal);
  const self = watchSelf();
  const progress = new Progress(clock);
  const ticker = setInterval(() => {
    options.onProgress(progress.take());
  }, progressEveryMs);

  const abandonOpenings = (): void => {
    for (const life of progress.started) life.abandon();
  };
  signal.addEventListener('abort', abandonOpenings, { once: true });
  messages.startHold();
  const openings: Promise<void>[] = [];
  const ends: Promise<void>[] = [];
  const pacing = await startWhenDue(lives, dueTimesMs, options, (life) => {
    const opening = life.open();
    progress.started.push(life);
    const decided = opening.then(() => {
      progress.decided(life);
    });
    openings.push(decided);
    if (livesOnItsOwn(arrivals))
      ends.push(decided.then(() => hold([life], options)).then(() => life.leave()));
  });
  await Promise.all(openings);
  signal.removeEventListener('abort', abandonOpenings);
  const openingOverAtMs = clock();
  self.openingIsOver();
  if (livesOnItsOwn(arrivals)) await Promise.all(ends);
  else {
    await options.meetOthers?.('opened');
    messages.startHold();
    await hold(progress.started, options);
    await options.meetOthers?.('held');
  }
  const holdOverAtMs = clock();
  messages.endHold();
  options.onProgress(progress.take());
  const seen = self.report();
  await Promise.all(progress.started.map((life) => life.leave()));
  clearInterval(ticker);
  options.onProgress(progress.take());
  return {
    grid: plan.grid,
    attempts: lives.map((life) => life.attempt()),
    pings: encodePings(pingTally),
    messages: messages.result(),
    sequences: sumFindings(progress.started.flatMap(({ sequences }) => sequences?.findings() ?? [])),
    timeline: progress.timeline,
    self: { ...seen, pacing, headroom: await readHeadroom(progress.mostOpen()) },
    openingOverAtMs,
    holdOverAtMs,
    finishedAtMs: clock(),
  };
};

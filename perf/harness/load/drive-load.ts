import type { ConnectionAttempt } from '../connection/attempt.ts';
import type { Clock } from '../connection/clock.ts';
import { SoFarTally } from '../metrics/so-far-tally.ts';
import type { AgentProgress, AgentResult } from './agent-result.ts';
import type { Behaviour } from './behaviour.ts';
import { reconnectsOf, returnsOf } from './coming-back.ts';
import type { ConnectionLife } from './connection-life.ts';
import { Departures } from './departures.ts';
import { readHeadroom } from './headroom.ts';
import { leftSince, readHolding } from './holding.ts';
import { lifeMaker } from './life-maker.ts';
import { dueAtMs, leaveTogether, plannedAttempts } from './pacer.ts';
import type { Stage } from './meeting-point.ts';
import type { MessageTally } from './message-tally.ts';
import type { LoadPlan, Share } from './plan.ts';
import type { Reconnects } from './reconnects.ts';
import type { BehaviourTallies } from './running-behaviour.ts';
import { RunningTotals } from './running-totals.ts';
import { watchSelf, type SelfReport, type SelfWatch } from './self-watch.ts';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';
import { startWhenDue, type PacingReport } from './turn-pacer.ts';

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

/** The hold of those that leave together: all agents begin it, and end it, at one moment. */
const holdWithOthers = async (
  lives: () => readonly ConnectionLife[],
  departures: Departures,
  { meetOthers }: DriveOptions,
  messages: MessageTally,
): Promise<void> => {
  await meetOthers?.('opened');
  messages.startHold();
  await departures.hold(lives);
  await meetOthers?.('held');
};

const encodeBehaviours = (
  { kind }: Behaviour,
  { pings, conversations, subscriptions }: BehaviourTallies,
): Pick<AgentResult, 'pings' | 'conversations' | 'subscriptions'> => ({
  pings: {
    roundTrip: pings.roundTrip.encode(),
    roundTripFromDue: pings.roundTripFromDue.encode(),
    sent: pings.sent,
    warmUpSent: pings.warmUpSent,
    answered: pings.answered.encode(),
  },
  ...(kind === 'conversation' && { conversations: conversations.findings() }),
  ...(kind === 'subscribe' && { subscriptions: subscriptions.findings() }),
});

/** What the promises that may end the load are about. */
const watchMetrics = (
  { watched, grid }: LoadPlan,
  messages: MessageTally,
  pings: BehaviourTallies['pings'],
): SoFarTally =>
  new SoFarTally(watched, {
    warmUpMs: grid.warmUpMs,
    messages: () => messages.count,
    roundTrip: () => pings.roundTrip.whole.encode(),
  });

/** What each connection received is held against the publisher's log where connections come back. */
const keepsReceived = ({ profile }: LoadPlan): boolean => profile.arrivals.kind === 'returning';

/** Those of the plan that did not start, too, in the order of the plan; each try to come back follows its connection. */
const allAttempts = (
  attempts: readonly ConnectionAttempt[],
  indices: readonly number[],
  dueTimesMs: readonly number[],
  started: number,
): ConnectionAttempt[] => {
  const notStarted = indices.slice(started).map((index, position): ConnectionAttempt => ({
    index,
    dueAtMs: dueTimesMs[started + position] ?? 0,
    outcome: 'not-started',
  }));
  return [...attempts, ...notStarted].toSorted(
    (a, b) => a.index - b.index || (a.retry ?? 0) - (b.retry ?? 0),
  );
};

const completeReport = async (
  seen: Omit<SelfReport, 'pacing' | 'headroom'>,
  pacing: PacingReport,
  reconnects: Pick<Reconnects, 'pacing'> | null,
  mostOpen: number,
): Promise<SelfReport> => ({
  ...seen,
  pacing: reconnects === null ? pacing : { ...pacing, retries: reconnects.pacing() },
  headroom: await readHeadroom(mostOpen),
});

/** Something came back for it: for an attempt that is given up or called off nothing did, which then waited for nobody. */
const wasHeard = ({ openedAtMs, openingFailure }: ConnectionLife): boolean =>
  openedAtMs !== null || (openingFailure !== null && openingFailure.reason !== 'handshake-timeout');

/** Opens a connection, and tells those who keep count when it begins and when it is decided. */
const startWatched =
  (progress: RunningTotals, self: SelfWatch<ConnectionLife>, openings: Set<Promise<void>>) =>
  (life: ConnectionLife): Promise<void> => {
    progress.begin(life);
    self.started(life);
    const decided = life.open().then(() => {
      progress.decided(life);
      self.decided(life, { heard: wasHeard(life), opened: life.isOpen });
      openings.delete(decided);
    });
    openings.add(decided);
    return decided;
  };

/** How late an agent's first attempt started; null where it did not. */
const firstStartLagOf = ([first]: readonly ConnectionAttempt[]): number | null =>
  first === undefined || first.outcome === 'not-started' ? null : first.startedAtMs - first.dueAtMs;

/** Drives a share of a load to its end and returns what it measured; what the endpoint does never throws. */
export const driveLoad = async (options: DriveOptions): Promise<AgentResult> => {
  const { plan, share, clock, signal } = options;
  const { arrivals } = plan.profile;
  const { tallies, messages, makeLife } = lifeMaker(plan, clock);
  const indices = sharedIndices(plannedAttempts(arrivals), share);
  const dueTimesMs = indices.map((index) => dueAtMs(arrivals, index));
  const heldBefore = plan.looksForLeaks === true ? await readHolding() : null;
  await sleepUnlessAborted(-clock(), signal);
  const self = watchSelf<ConnectionLife>(() => clock() >= plan.grid.warmUpMs);
  const progress = new RunningTotals(clock, watchMetrics(plan, messages, tallies.pings), keepsReceived(plan));
  const ticker = setInterval(() => {
    const taken = progress.take();
    self.openNow(taken.point.open);
    options.onProgress(taken);
  }, progressEveryMs);

  const abandonOpenings = (): void => {
    for (const life of progress.going) life.abandon();
  };
  signal.addEventListener('abort', abandonOpenings, { once: true });
  messages.startHold();
  const openings = new Set<Promise<void>>();
  const start = startWatched(progress, self, openings);
  const departures = new Departures(plan.profile, indices, options);
  const reconnects = reconnectsOf(options, start, makeLife);
  const reconnected = reconnects?.run(() => progress.going);
  const returns = returnsOf(options, start, makeLife);
  const comingBack = reconnects ?? returns;
  const pacing = await startWhenDue(indices, dueTimesMs, options, (index, lifeDueAtMs) => {
    const life = makeLife(index, lifeDueAtMs);
    const decided = start(life);
    departures.started(life, decided);
    returns?.started(life, decided);
  });
  await Promise.all(openings);
  await Promise.all([reconnected, returns?.over()]);
  signal.removeEventListener('abort', abandonOpenings);
  const openingOverAtMs = clock();
  self.openingIsOver();
  await Promise.all([
    departures.over(),
    leaveTogether(arrivals) ? holdWithOthers(() => progress.going, departures, options, messages) : null,
  ]);
  const holdOverAtMs = clock();
  messages.endHold();
  const wasStopped = signal.aborted;
  options.onProgress(progress.take());
  const seen = self.report();
  await Promise.all(progress.going.map((life) => life.leave()));
  clearInterval(ticker);
  options.onProgress(progress.take());
  const left = heldBefore === null ? {} : { left: leftSince(heldBefore, await readHolding(100)) };
  const attempts = allAttempts(progress.attempts(), indices, dueTimesMs, pacing.started);
  return {
    grid: plan.grid,
    wasStopped,
    attempts,
    ...encodeBehaviours(plan.profile.whileOpen, tallies),
    messages: messages.result(),
    sequences: progress.sequences(),
    ...(comingBack !== null && { reconnects: comingBack.findings() }),
    ...(returns !== null && { received: progress.received() }),
    timeline: progress.timeline,
    self: await completeReport(
      { ...seen, ...left, firstStartLagMs: firstStartLagOf(attempts) },
      pacing,
      comingBack,
      progress.mostOpen(),
    ),
    openingOverAtMs,
    holdOverAtMs,
    finishedAtMs: clock(),
  };
};

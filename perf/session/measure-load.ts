import { availableParallelism } from 'node:os';
import type { Target } from '../../fixtures/targets/index.ts';
import type { ConnectionAttempt } from '../harness/connection/attempt.ts';
import type { Clock } from '../harness/connection/clock.ts';
import { startEpochClock, type EpochClock } from '../harness/connection/epoch-clock.ts';
import { assignLocalEndpoints } from '../harness/load/assign-local-endpoints.ts';
import { chooseAgents, type AgentChoice } from '../harness/load/choose-agents.ts';
import type { ClockOffset } from '../harness/load/message-tally.ts';
import { mostOpenAtOnce } from '../harness/load/most-open.ts';
import { openFileLimit } from '../harness/load/open-file-limit.ts';
import { plannedAttempts } from '../harness/load/pacer.ts';
import type { LoadPlan } from '../harness/load/plan.ts';
import type { LoadProfile } from '../harness/load/profile.ts';
import { assertProfile } from '../harness/load/assert-profile.ts';
import { longestDurationMs } from '../harness/load/longest-duration.ts';
import { runLoad, type LoadResult } from '../harness/load/run-load.ts';
import { quoteLatency, serverUp } from '../harness/metrics/catalogue.ts';
import { checkValidity } from '../harness/validity/check-validity.ts';
import { countFailures, countOutcomes, startedOfPlan } from '../harness/metrics/count-outcomes.ts';
import type { Summary } from '../harness/metrics/samples.ts';
import { slotWidthMs } from '../harness/metrics/slot-grid.ts';
import type { SlotSummary } from '../harness/metrics/slot-samples.ts';
import { summarize } from '../harness/metrics/summarize.ts';
import { summarizeSlots } from '../harness/metrics/summarize-slots.ts';
import { assertWarmUp, warmUpRecord } from '../harness/metrics/warm-up.ts';
import type {
  AgentsRecord,
  ClockRecord,
  EarlyEndRecord,
  FailureCount,
  RunCounts,
  ServerRecord,
  TimelinePoint,
  Validity,
  WarmUpRecord,
} from '../harness/record/run-record.ts';
import { thinSeries } from '../harness/record/thin-series.ts';
import type { JudgedBy } from '../harness/thresholds/judge-interval.ts';
import type { Outlook } from '../harness/thresholds/outlook.ts';
import type { Threshold } from '../harness/thresholds/threshold.ts';
import {
  clockOverLoad,
  offsetOf,
  readPublisherClock,
  type ClockReading,
} from '../observe/publisher-clock.ts';
import { watchHealth, type HealthWatch } from '../observe/watch-health.ts';
import { watchLeaks, type LeakWatch } from '../observe/watch-leaks.ts';
import { watchServer, type ServerWatch } from '../observe/watch-server.ts';
import type { LoadProgress } from '../progress.ts';
import type { BesideLoad } from './beside-load.ts';
import { concludeLeaks } from './conclude-leaks.ts';
import { PromiseWatch } from './promise-watch.ts';
import { expectedDurationMs } from './expected-duration.ts';
import { makeDial } from './make-dials.ts';
import { makeProgress } from './make-progress.ts';
import { missedQuotes } from './missed-quotes.ts';
import { makeServerRecord, settledCounts } from './server-record.ts';
import { summarizeServer } from './summarize-server.ts';
import { targetTokens } from './target-tokens.ts';

const maxMessageBytes = 16 * 1_048_576;

/** How a load is measured, beside its profile. */
export interface MeasureOptions {
  readonly target: Target;
  readonly profile: LoadProfile;
  /** Connection `n` uses `tokens[n % tokens.length]`, null for none; by default the target's own tokens, one for each that can be open at once. */
  readonly tokens?: readonly (string | null)[];
  /** What begins before it is driven and not judged; by default everything is judged. */
  readonly warmUpMs?: number;
  /** Ends the load as soon as one of them can not be kept any more, whatever the rest of it does. */
  readonly endWhenBroken?: readonly Threshold[];
  /** Asks the server's `/health` all the while: for `serverUp`. */
  readonly asksHealth?: boolean;
  /** Reads before, during and after the load what is not given back: for `serverDescriptorsLeft` and its like. */
  readonly looksForLeaks?: boolean;
  /** Files in which the instances say what they published: for `quotesMissed`. */
  readonly quoteLogs?: readonly string[];
  /** What is done while the load runs: the server is looked at for the last time when that is over, too. */
  readonly beside?: BesideLoad;
  /** By default as observed. */
  readonly judgedBy?: JudgedBy;
  /** Named in the progress. */
  readonly label: string;
  /** Generator processes; `auto` by default. */
  readonly agents?: 'auto' | number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** Everything one load gave: what the client measured and what the server was seen doing. */
export interface MeasuredLoad {
  readonly profile: LoadProfile;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** When the first attempt began; null when none did. */
  readonly firstDialAt: Date | null;
  readonly attempts: readonly ConnectionAttempt[];
  readonly metrics: Summary;
  readonly counts: RunCounts;
  readonly failures: readonly FailureCount[];
  readonly validity: Validity;
  readonly server: ServerRecord;
  readonly agents: AgentsRecord;
  readonly publisherClock: ClockRecord | null;
  readonly quotesNotJudged: number;
  /** By a metric's name, why it was not taken. */
  readonly notTaken: Readonly<Record<string, string>>;
  readonly timeline: readonly TimelinePoint[];
  readonly warmUp: WarmUpRecord | null;
  readonly slots: SlotSummary;
  readonly endedEarly: EarlyEndRecord | null;
  /** What an early end left open; null when the load was not ended early. */
  readonly outlook: Outlook | null;
  readonly judgedBy: JudgedBy;
  readonly interrupted: string | null;
}

const makePlan = (options: MeasureOptions, publisherClock: ClockOffset | null): LoadPlan => {
  const { target, profile, tokens, warmUpMs = 0, endWhenBroken = [] } = options;
  const limits = {
    profile,
    initialMessages: target.initialMessages,
    settings: {
      origin: target.origin,
      certificateAuthority: target.certificateAuthority,
      handshakeTimeoutMs: target.handshakeTimeoutMs,
      offersCompression: target.offersCompression,
      maxMessageBytes,
    },
  };
  const chosen = tokens ?? targetTokens(target, mostOpenAtOnce(limits));
  const plan = {
    ...limits,
    dials: chosen.map((token) => makeDial(target, token)),
    checksQuotes: target.features.marketDataFeed,
    publisherClock,
    watched: endWhenBroken.map(({ metric }) => metric.name),
    looksForLeaks: options.looksForLeaks === true,
  };
  return { ...plan, grid: { warmUpMs, slotMs: slotWidthMs(longestDurationMs(plan)) } };
};

const agentsFor = async ({ agents, target }: MeasureOptions, plan: LoadPlan): Promise<AgentChoice> =>
  chooseAgents({
    asked: agents ?? 'auto',
    attempts: plannedAttempts(plan.profile.arrivals),
    connectionsAtOnce: mostOpenAtOnce(plan),
    cores: availableParallelism(),
    serverIsLocal: target.sharesMachine,
    openFiles: await openFileLimit(),
    arrivals: plan.profile.arrivals,
  });

/**
 * Asks, without dialling, whether this machine has the files and ports for a load.
 * @throws HarnessError LOCAL_LIMIT when it has not.
 */
export const assertCarriable = async (options: MeasureOptions): Promise<void> => {
  const plan = makePlan({ ...options, tokens: [null] }, null);
  await agentsFor(options, plan);
  await assignLocalEndpoints(plan);
};

const firstDialAt = ({ attempts, startedAtEpochMs }: LoadResult): Date | null => {
  const startedAtMs = attempts.reduce(
    (first, attempt) => (attempt.outcome === 'not-started' ? first : Math.min(first, attempt.startedAtMs)),
    Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(startedAtMs) ? new Date(startedAtEpochMs + startedAtMs) : null;
};

const healthSamples = async (health: HealthWatch | null): Promise<Summary> => {
  if (health === null) return {};
  const { asked, downs } = await health.stop();
  return { [serverUp.name]: { kind: 'rate', hits: asked - downs.length, total: asked } };
};

/** How the publisher's clock stood over the whole load: where it was estimated, it is asked once more. */
const clockAfter = async (
  before: ClockReading | null,
  target: Target,
  clock: EpochClock,
  { messages }: LoadResult,
): Promise<ClockRecord | null> => {
  if (before === null) return null;
  const after = before.kind === 'estimated' ? await readPublisherClock(target, clock) : null;
  return clockOverLoad(before, after, messages.wallClockDriftMs);
};

/** What is written down of the server: of a long load its samples are thinned. */
const thinned = (server: ServerRecord): ServerRecord => ({
  ...server,
  samples: thinSeries(server.samples, ({ memoryBytes }) => memoryBytes ?? 0),
});

/** What watches the server of a load: `leaks` where the load asks for it. */
interface Watches extends AsyncDisposable {
  readonly watch: ServerWatch;
  readonly leaks: LeakWatch | null;
  start(clock: Clock): void;
}

const openWatches = async (
  { target, looksForLeaks = false }: MeasureOptions,
  { slowReaders }: LoadProfile,
): Promise<Watches> => {
  const watch = await watchServer(target, { asksMetrics: looksForLeaks || slowReaders !== undefined });
  const leaks = looksForLeaks ? await watchLeaks(target) : null;
  return {
    watch,
    leaks,
    start: (clock) => {
      watch.start(clock);
      leaks?.start(clock);
    },
    [Symbol.asyncDispose]: async () => {
      await leaks?.[Symbol.asyncDispose]();
      await watch[Symbol.asyncDispose]();
    },
  };
};

/**
 * Runs one load on the target while its server is watched, and brings both sides' numbers together.
 * @throws HarnessError when the load could not be carried out; never for what the endpoint does.
 */
export const measureLoad = async (options: MeasureOptions): Promise<MeasuredLoad> => {
  assertProfile(options.profile);
  assertWarmUp(options.warmUpMs ?? 0);
  const { target } = options;
  const clock = startEpochClock();
  const clockBefore = target.features.marketDataFeed ? await readPublisherClock(target, clock) : null;
  const plan = makePlan(options, clockBefore && offsetOf(clockBefore));
  const agents = await agentsFor(options, plan);
  await using watches = await openWatches(options, plan.profile);
  const { watch, leaks } = watches;
  const before = await watch.counts();
  const expectedMs = expectedDurationMs(plan.profile);
  const promises = new PromiseWatch(options.endWhenBroken ?? [], plan, expectedMs);
  let health: HealthWatch | null = null;
  const result = await runLoad({
    plan,
    agents: agents.count,
    signal: AbortSignal.any([options.signal, promises.signal]),
    onStart: (ofLoad) => {
      watches.start(ofLoad);
      if (options.asksHealth === true) health = watchHealth(target.httpUrl, target);
      options.beside?.start();
    },
    onProgress: (progress) => {
      promises.look(progress);
      options.onProgress(makeProgress(options, expectedMs, progress, watch.samples.at(-1) ?? null));
    },
  }).catch(async (error: unknown) => {
    await Promise.all([health?.stop(), options.beside?.settled()]);
    throw error;
  });
  const up = await healthSamples(health);
  await options.beside?.settled();
  const { endedEarly, outlook } = promises.conclude(result, options.signal.aborted);
  const after = await settledCounts(watch, before);
  const left = await concludeLeaks(leaks, plan.profile, result, { before, after });
  const publisherClock = await clockAfter(clockBefore, target, clock, result);
  const byLog = await missedQuotes(options.quoteLogs, result, plan.profile);
  const counts = countOutcomes(result.attempts);
  const fromClient = summarize(result, plan.initialMessages.count > 0);
  const samples = [...watch.samples];
  const server = makeServerRecord(result, { samples, before, after }, target.instances);
  const ofServer = summarizeServer(plan.profile, result, server);
  return {
    profile: plan.profile,
    startedAt: new Date(result.startedAtEpochMs),
    finishedAt: new Date(result.startedAtEpochMs + result.finishedAtMs),
    firstDialAt: firstDialAt(result),
    attempts: result.attempts,
    metrics: { ...fromClient, ...ofServer, ...up, ...left.metrics, ...byLog.metrics },
    counts,
    failures: countFailures(result.attempts),
    validity: checkValidity(
      // What an early end left unstarted is no fault of the generator.
      endedEarly === null ? result : { ...result, planned: startedOfPlan(result.attempts) },
      plan.profile,
      fromClient,
      samples,
    ),
    server: thinned(server),
    agents: {
      ...agents,
      sourceAddresses: result.sourceAddresses,
      selfReports: result.selfReports,
    },
    publisherClock,
    quotesNotJudged: result.messages.fanOut.letGo,
    notTaken: {
      ...(publisherClock?.kind === 'unknown' && { [quoteLatency.name]: publisherClock.reason }),
      ...left.notTaken,
      ...byLog.notTaken,
    },
    timeline: result.timeline,
    warmUp: warmUpRecord(result),
    slots: summarizeSlots(result, plan.initialMessages.count > 0),
    endedEarly,
    outlook,
    judgedBy: options.judgedBy ?? 'observed',
    interrupted: options.signal.aborted ? result.interrupted : null,
  };
};

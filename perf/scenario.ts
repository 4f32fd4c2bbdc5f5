import {
  expect as vitestExpect,
  inject,
  recordArtifact,
  test as vitestTest,
  type ExpectStatic,
  type TestContext,
} from 'vitest';
import {
  breakableRedis,
  openFaults,
  type BreakableRedis,
  type Fault,
  type Faults,
} from '../fixtures/faults/index.ts';
import type { OpenedTarget, ServerInstance, Target, TargetFeatures } from '../fixtures/targets/index.ts';
import { badTokens, type BadTokenKind } from '../fixtures/tokens/index.ts';
import { matchers } from './harness/expect/matchers.ts';
import { isRun } from './harness/expect/run.ts';
import type { LoadProfile } from './harness/load/profile.ts';
import { scenarioName } from './harness/record/scenario-name.ts';
import { MonitoringClient } from './observe/monitoring-client.ts';
import { progressArtifactType } from './progress.ts';
import { breakInTurn, type BreakPauses, type Outage } from './session/break-in-turn.ts';
import { isLacking, openOwnServer, type ServerEnvironment } from './session/own-server.ts';
import { restartInTurn, type RestartPauses } from './session/restart-in-turn.ts';
import { findCapacity, type CapacityOptions } from './session/find-capacity.ts';
import { readMachine } from './session/machine.ts';
import { listenForStopRequest } from './session/stop-request.ts';
import { describeScenario, ScenarioSession, type LoadOptions, type Run } from './session/scenario-session.ts';

export type { Arrivals, Backoff, LifeTime, RateStage } from './harness/load/arrivals.ts';
export {
  listen,
  pingEvery,
  pingLoop,
  subscribeTo,
  type Behaviour,
  type PingWay,
} from './harness/load/behaviour.ts';
export {
  conversation,
  expectMessage,
  pause,
  repeat,
  send,
  type Conversation,
  type ConversationStep,
} from './harness/load/conversation.ts';
export type { Expectation, Json } from './harness/load/expectation.ts';
export { burst } from './harness/load/burst.ts';
export {
  constantArrivalRate,
  hold,
  listenToFeed,
  pingRoundTrips,
  ramp,
  type HeldOptions,
  type HoldOptions,
  type LoadProfile,
  type RampOptions,
} from './harness/load/profile.ts';
export { rampingArrivalRate } from './harness/load/ramping-arrival-rate.ts';
export { reconnectStorm, type ReconnectStormOptions } from './harness/load/reconnect-storm.ts';
export { returning, type ReturningOptions } from './harness/load/returning.ts';
export { exponentialLife, soak, uniformLife } from './harness/load/soak.ts';
export { spike } from './harness/load/spike.ts';
export { steps } from './harness/load/steps.ts';
export { withSlowReaders, type SlowReaderOptions } from './harness/load/with-slow-readers.ts';
// Beside its own use, this brings the declaration of `toMeet` to whoever imports the published package.
export type { RunMatchers } from './harness/expect/matchers.ts';
export * from './harness/metrics/catalogue.ts';
export type { Aggregation, Metric, MetricKind, Unit } from './harness/metrics/metric.ts';
export { inEveryWindow, type WindowOptions } from './harness/thresholds/in-every-window.ts';
export { above, atLeast, atMost, below, type Threshold } from './harness/thresholds/threshold.ts';
export { msFromSeconds } from './harness/units.ts';
export type { NetworkProxy, SkewedClock, Victim } from '../fixtures/faults/index.ts';
export type {
  BadTokenKind,
  BreakableRedis,
  BreakPauses,
  CapacityOptions,
  Fault,
  Faults,
  LoadOptions,
  Outage,
  RestartPauses,
  Run,
  ServerInstance,
  Target,
};

vitestExpect.extend(matchers);
const stopRequest = listenForStopRequest();

const whyMissing: Readonly<Record<keyof TargetFeatures, string>> = {
  marketDataFeed:
    'the target does not speak the reference server’s messages (welcome, snapshot, quote, ping)',
  monitoring: 'the target does not serve the monitoring endpoints',
  signedTokens: 'the suite can not sign tokens for this target (its secret is not known here)',
};

/** What every scenario is given. */
export interface ScenarioFixtures {
  /**
   * `test.override({ serverEnvironment: { MAX_CONNECTIONS: '50' } })` gives a scenario a server of its own with these
   * settings, as its `target`; `--server-env` wins over them. Skipped where the target is already running elsewhere.
   */
  readonly serverEnvironment: ServerEnvironment;
  /**
   * `test.override({ serverInstances: 2 })` gives a scenario so many servers of its own behind nginx, as its `target`. Skipped
   * where that can not be had. Null: as many as the target has.
   */
  readonly serverInstances: number | null;
  /**
   * `test.override({ serverRedis: 'breakable' })` gives a scenario a server of its own whose Redis the fixture `redis` breaks;
   * with `'proxied'` over a line that can be cut and slowed, too. Skipped where there is no such Redis. Null: as the target has it.
   */
  readonly serverRedis: 'breakable' | 'proxied' | null;
  /**
   * What becomes of a scenario with such settings where the target is already running elsewhere: `needed`, it is skipped;
   * `preferred`, it runs on that one as it is, and may ask `target.kind`. Default `needed`.
   */
  readonly ownServer: 'needed' | 'preferred';
  /** The endpoint under test. */
  readonly target: Target;
  /** Each instance of the scenario's own servers: to be stopped, killed and started. Empty where it has none of its own. */
  readonly instances: readonly ServerInstance[];
  /** Restarts these instances one after the other; resolves with the moment at which the last was healthy again. */
  readonly restartInTurn: (pauses: RestartPauses) => Promise<Date>;
  /**
   * Runs a load profile on the target, in a process of its own, and returns what it measured; what the server does is data.
   * @throws HarnessError for a profile that can not be driven, or a load that this machine can not carry.
   */
  readonly load: (profile: LoadProfile, options?: LoadOptions) => Promise<Run>;
  /** Searches the highest number of connections at which all promises hold. @throws HarnessError as `load` does. */
  readonly searchCapacity: (options: CapacityOptions) => Promise<Run>;
  /** Skips the scenario, with the reason, when the target lacks what it needs. */
  readonly needs: (...features: (keyof TargetFeatures)[]) => void;
  /** One token of each bad kind for the target; null stands for none. Needs `signedTokens`. */
  readonly tokens: { bad(): Readonly<Record<BadTokenKind, string | null>> };
  /** The target's monitoring endpoints. Needs `monitoring`. */
  readonly monitoring: MonitoringClient;
  /** Faults of processes, containers, networks, Redis and clocks; undone at the scenario's end, after a crash too. */
  readonly faults: Faults;
  /** The Redis of the scenario's own server, to be broken. Needs `serverRedis`. */
  readonly redis: BreakableRedis;
  /** Makes and undoes one fault after the other, by name; resolves with when each was made and undone. */
  readonly breakInTurn: (
    breaks: Readonly<Record<string, () => Promise<Fault>>>,
    pauses: BreakPauses,
  ) => Promise<readonly Outage[]>;
}

const openSession = async (
  { task, signal }: Pick<TestContext, 'task' | 'signal'>,
  target: Target,
): Promise<ScenarioSession> => {
  const settings = inject('perfSettings');
  return new ScenarioSession({
    target,
    settings,
    machine: await readMachine(),
    scenario: describeScenario(task.file.filepath, task.fullTestName, inject('perfRoot')),
    signal: AbortSignal.any([signal, stopRequest]),
    onProgress: (progress) => {
      // Progress is for people who watch; a run does not depend on its delivery.
      recordArtifact(task, { type: progressArtifactType, progress }).catch(() => undefined);
    },
  });
};

/** Vitest's `test` with what a scenario needs: the target, loads, tokens and the monitoring endpoints. */
export const test = vitestTest.extend<
  ScenarioFixtures & { readonly session: ScenarioSession; readonly own: OpenedTarget | null }
>({
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads a fixture's needs from this pattern
  serverEnvironment: async ({}, use) => {
    await use({});
  },
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads a fixture's needs from this pattern
  serverInstances: async ({}, use) => {
    await use(null);
  },
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads a fixture's needs from this pattern
  serverRedis: async ({}, use) => {
    await use(null);
  },
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads a fixture's needs from this pattern
  ownServer: async ({}, use) => {
    await use('needed');
  },
  own: async ({ serverEnvironment, serverInstances, serverRedis, ownServer, task, signal, skip }, use) => {
    const shared = inject('perfTarget');
    const asksNothing = serverInstances === null && serverRedis === null;
    const isAsItIs = shared.kind === 'external' && ownServer === 'preferred';
    if (isAsItIs || (Object.keys(serverEnvironment).length === 0 && asksNothing)) {
      await use(null);
      return;
    }
    skip(shared.kind === 'external', 'it sets up a server of its own, and the target’s is already running');
    await using own = await openOwnServer({
      shared,
      settings: inject('perfSettings'),
      environment: serverEnvironment,
      instances: serverInstances,
      redis: serverRedis,
      scenario: scenarioName(task.file.filepath),
      signal: AbortSignal.any([signal, stopRequest]),
    }).catch((error: unknown) => (isLacking(error) ? skip(error.message) : Promise.reject(error as Error)));
    await use(own);
  },
  target: async ({ own }, use) => {
    await use(own?.target ?? inject('perfTarget'));
  },
  instances: async ({ own }, use) => {
    await use(own?.instances ?? []);
  },
  restartInTurn: async ({ instances, signal }, use) => {
    await use((pauses) => restartInTurn(instances, pauses, AbortSignal.any([signal, stopRequest])));
  },
  session: async ({ task, signal, skip, target }, use) => {
    skip(stopRequest.aborted, 'the session was stopped before it began');
    const session = await openSession({ task, signal }, target);
    task.meta.perfOutcome = 'not-measured';
    await use(session);
    const { files, outcome } = await session.close();
    task.meta.perfRecords = [...files];
    task.meta.perfOutcome = files.length === 0 ? 'not-measured' : outcome;
  },
  load: async ({ session }, use) => {
    await use((profile, options) => session.track(session.load(profile, options)));
  },
  searchCapacity: async ({ session }, use) => {
    await use((options) => session.track(findCapacity(session, options)));
  },
  needs: async ({ target, skip }, use) => {
    await use((...features) => {
      const missing = features.find((feature) => !target.features[feature]);
      if (missing !== undefined) skip(whyMissing[missing]);
    });
  },
  tokens: async ({ target }, use) => {
    await use({
      bad: () => {
        if (target.tokenSource.kind !== 'signed')
          throw new TypeError(`tokens.bad(): ${whyMissing.signedTokens}.`);
        return badTokens(target.tokenSource.secret);
      },
    });
  },
  monitoring: async ({ target }, use) => {
    await use(new MonitoringClient(target.httpUrl, target));
  },
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads a fixture's needs from this pattern
  faults: async ({}, use) => {
    await using faults = openFaults();
    await use(faults);
  },
  redis: async ({ own, faults }, use) => {
    if (own?.redis === undefined)
      throw new TypeError(
        "redis: this scenario has no Redis of its own. Ask for one with test.override({ serverRedis: 'breakable' }).",
      );
    await use(breakableRedis(own.redis, faults));
    await own.redis.line?.heal();
  },
  breakInTurn: async ({ signal }, use) => {
    await use((breaks, pauses) => breakInTurn(breaks, pauses, AbortSignal.any([signal, stopRequest])));
  },
});

/**
 * Vitest's `expect`, in which the promises about a run are soft: when one is broken the test has failed, and those
 * after it are judged all the same.
 */
export const expect: ExpectStatic = new Proxy(vitestExpect, {
  apply: (target, _this, [actual, message]: [unknown, string?]) =>
    isRun(actual) ? target.soft(actual, message) : target(actual, message),
});

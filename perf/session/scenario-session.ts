import { createHash } from 'node:crypto';
import { dirname, relative } from 'node:path';
import type { Target } from '../../fixtures/targets/index.ts';
import { judgeable, type JudgeableRun } from '../harness/expect/run.ts';
import type { LoadProfile } from '../harness/load/profile.ts';
import {
  runRecordVersion,
  type CapacityRecord,
  type MachineRecord,
  type RunRecord,
  type ScenarioRecord,
  type TargetRecord,
} from '../harness/record/run-record.ts';
import type { AttemptLine } from '../harness/record/attempt-line.ts';
import { fingerprintOf } from '../harness/record/fingerprint.ts';
import { redactSecrets, type Redact } from '../harness/record/redact.ts';
import { secretsOf } from '../harness/record/secrets-of.ts';
import { scenarioName } from '../harness/record/scenario-name.ts';
import { countFailures, countOutcomes } from '../harness/metrics/count-outcomes.ts';
import { isWarmUp, judgedAttempts } from '../harness/metrics/warm-up.ts';
import { gradeEarlyEnd } from '../harness/thresholds/grade-early-end.ts';
import { gradeRun, type GradedRun } from '../harness/thresholds/grade-run.ts';
import type { Grade } from '../harness/thresholds/grade.ts';
import type { Threshold } from '../harness/thresholds/threshold.ts';
import { worstOutcome } from '../harness/thresholds/verdict.ts';
import { msFromSeconds } from '../harness/units.ts';
import type { LoadProgress } from '../progress.ts';
import type { SessionSettings } from '../settings.ts';
import { BesideLoad } from './beside-load.ts';
import { assertCarriable, measureLoad, type MeasuredLoad, type MeasureOptions } from './measure-load.ts';
import { applyOverrides } from './apply-overrides.ts';
import { writeAttempts, writeRecord } from './record-store.ts';

/** A measured load that a scenario can judge. */
export type Run = MeasuredLoad & JudgeableRun & { readonly capacity: CapacityRecord | null };

/** What a scenario may say about a load beside its profile. */
export interface LoadOptions {
  /** Connection `n` uses `tokens[n % tokens.length]`, null for none; by default the target's own, valid ones. */
  readonly tokens?: readonly (string | null)[];
  /** False where refusals are what the scenario wants: the guide's benchmarks do not apply then. Default true. */
  readonly isGraded?: boolean;
  /** Generator processes of this load; `--agents` replaces it. Default `auto`: see the README. */
  readonly agents?: 'auto' | number;
  /**
   * The first seconds of the load are driven and written down, and not judged: attempts that were due in them, pings
   * sent and messages received in them. Default 0.
   */
  readonly warmUpSeconds?: number;
  /**
   * Ends the load as soon as one of these can not be kept any more, whatever the rest of it does. They are judged by
   * `expect(run).toMeet(…)` as ever; the one that was lost is broken, and what is then unknown is inconclusive.
   */
  readonly endWhenBroken?: readonly Threshold[];
  /** Asks the server's `/health` every 0.1 s of the load, for the metric `serverUp`. Default false. */
  readonly asksHealth?: boolean;
  /**
   * Begun with the load, and waited for beside it: what breaks the server meanwhile, for instance. The server is looked at for
   * the last time when both are over; what this fails with fails the scenario once the run is written down.
   */
  readonly meanwhile?: () => Promise<unknown>;
  /**
   * Reads before, during and after the load what is not given back: descriptors and connections of the server, memory and keys of
   * its Redis, memory and descriptors of the generator. For the metrics `serverDescriptorsLeft`, `serverConnectionsLeft`,
   * `redisMemoryGrowth`, `redisKeysLeft`, `generatorMemoryLeft` and `generatorDescriptorsLeft`. Default false.
   */
  readonly looksForLeaks?: boolean;
  /** Files in which the instances of the server say what they published (`LOG_QUOTES=1`), for the metric `quotesMissed`. */
  readonly quoteLogs?: readonly string[];
}

/** What a session of one scenario needs. */
export interface ScenarioContext {
  readonly target: Target;
  readonly settings: SessionSettings;
  readonly machine: MachineRecord;
  readonly scenario: ScenarioRecord;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
}

interface KeptRun {
  readonly run: Run;
  readonly runId: string;
  readonly attemptsFile: string;
  readonly isGraded: boolean;
}

// Counts over all scenarios of a file: two of them must not write the same record.
let runsWritten = 0;

/** Tells apart two files of the same name in different folders; nothing for those of the usual one. */
const fileMark = (file: string): string =>
  dirname(file) === 'perf' || dirname(file) === '.'
    ? ''
    : `-${createHash('sha256').update(file).digest('hex').slice(0, 6)}`;

/** A query may hold a key; the record has no use for it. */
const withoutQuery = (url: string): string => url.replace(/[?#].*$/u, '');

const describeTarget = (target: Target): TargetRecord => ({
  kind: target.kind,
  label: target.label,
  url: withoutQuery(target.webSocketUrl),
  path: target.path,
  instances: target.instances,
  offersCompression: target.offersCompression,
  notices: target.notices,
});

/** The scenario of a test file, as records name it. */
export const describeScenario = (file: string, title: string, root: string): ScenarioRecord => ({
  name: scenarioName(file),
  title,
  file: relative(root, file).replaceAll('\\', '/'),
});

const markWarmUp = ({ attempts, warmUp }: MeasuredLoad): readonly AttemptLine[] =>
  warmUp === null
    ? attempts
    : attempts.map((attempt) => (isWarmUp(attempt, warmUp.untilMs) ? { ...attempt, warmUp: true } : attempt));

/** What the guide's benchmarks look at: what is judged. */
const gradedPart = (run: Run): GradedRun => {
  if (run.warmUp === null) return run;
  const judged = judgedAttempts(run.attempts, run.warmUp.untilMs);
  return { metrics: run.metrics, counts: countOutcomes(judged), failures: countFailures(judged) };
};

const notGraded: Grade = { word: 'not graded', indicators: [] };

/** The guide's benchmarks are about whole runs that were measured truly; of one that was ended early, what is certain. */
const gradeOf = (run: Run): Grade => {
  if (!run.validity.conclusive || run.interrupted !== null) return notGraded;
  if (run.endedEarly === null) return gradeRun(gradedPart(run));
  return run.outlook === null ? notGraded : gradeEarlyEnd(gradedPart(run), run.outlook);
};

/** What the tokens of a run are made of: they themselves, or the secret that signs them. */
const secretsOfSource = (source: Target['tokenSource']): readonly string[] => {
  switch (source.kind) {
    case 'given':
      return source.tokens;
    case 'signed':
      return [source.secret];
    case 'none':
      return [];
    default:
      return source satisfies never;
  }
};

/** One scenario at work: measures loads, keeps their runs, and writes their records with the verdicts given. */
export class ScenarioSession {
  readonly #context: ScenarioContext;
  readonly #redact: Redact;
  readonly #kept: KeptRun[] = [];
  /** Loads under way: a scenario that was given up must still leave what they measured. */
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(context: ScenarioContext) {
    this.#context = context;
    const { settings, target } = context;
    const environments = [settings.target.serverEnvironment];
    this.#redact = redactSecrets([
      ...secretsOf({ ...settings.target, environments }),
      ...secretsOf({ tokens: secretsOfSource(target.tokenSource), headers: {}, url: target.webSocketUrl }),
    ]);
  }

  get context(): ScenarioContext {
    return this.#context;
  }

  /** Tracks a load or a search until it has left its record. */
  track<Value>(work: Promise<Value>): Promise<Value> {
    const settled: Promise<unknown> = work.then(
      () => this.#underWay.delete(settled),
      () => this.#underWay.delete(settled),
    );
    this.#underWay.add(settled);
    return work;
  }

  /** Measures a load as the command line has it, without keeping it as a run of its own. */
  measure(profile: LoadProfile, label: string, options: LoadOptions = {}): Promise<MeasuredLoad> {
    return measureLoad(this.#measureOptions(profile, label, options));
  }

  /** Asks, without dialling, whether this machine can carry a load: throws HarnessError LOCAL_LIMIT when it can not. */
  assertCarriable(profile: LoadProfile): Promise<void> {
    return assertCarriable(this.#measureOptions(profile, '', {}));
  }

  /** Measures a load and keeps it as a run, written down at once, so that nothing is lost whatever comes next. */
  async load(profile: LoadProfile, options: LoadOptions = {}): Promise<Run> {
    const { scenario, settings } = this.#context;
    const isOverridden = settings.load.appliesTo.includes(scenario.name);
    const overridden = isOverridden ? applyOverrides(profile, settings.load) : profile;
    const warmUpSeconds = isOverridden ? settings.load.warmUpSeconds : null;
    const asked = { ...options, ...(warmUpSeconds !== null && { warmUpSeconds }) };
    const beside = new BesideLoad(options.meanwhile ?? (() => Promise.resolve()));
    const measured = await measureLoad({ ...this.#measureOptions(overridden, scenario.name, asked), beside });
    const run = await this.keep(measured, {
      attempts: markWarmUp(measured),
      capacity: null,
      isGraded: options.isGraded ?? true,
    });
    await beside.done();
    return run;
  }

  /** Keeps what was measured as a run that can be judged. */
  async keep(
    measured: MeasuredLoad,
    kept: {
      readonly attempts: readonly AttemptLine[];
      readonly capacity: CapacityRecord | null;
      readonly isGraded: boolean;
    },
  ): Promise<Run> {
    const { settings, scenario } = this.#context;
    runsWritten += 1;
    const runId = `${settings.sessionId}-${scenario.name}-${String(runsWritten)}${fileMark(scenario.file)}`;
    const attemptsFile = await writeAttempts(settings.recordDirectory, runId, kept.attempts, this.#redact);
    const run = judgeable({ ...measured, capacity: kept.capacity });
    this.#kept.push({ run, runId, attemptsFile, isGraded: kept.isGraded });
    await this.#write();
    return run;
  }

  /** Writes the records anew, with the verdicts given since, and returns their paths with the worst of the outcomes. */
  async close(): Promise<{ readonly files: readonly string[]; readonly outcome: RunRecord['outcome'] }> {
    await Promise.all(this.#underWay);
    const files = await this.#write();
    return { files, outcome: worstOutcome(this.#kept.flatMap(({ run }) => run.verdicts)) };
  }

  #measureOptions(profile: LoadProfile, label: string, options: LoadOptions): MeasureOptions {
    const { target, signal, onProgress, settings } = this.#context;
    return {
      target,
      profile,
      label,
      signal,
      onProgress,
      agents: settings.agents ?? options.agents ?? 'auto',
      judgedBy: settings.judgedBy,
      warmUpMs: msFromSeconds(options.warmUpSeconds ?? 0),
      ...(options.quoteLogs !== undefined && { quoteLogs: options.quoteLogs }),
      ...(options.asksHealth !== undefined && { asksHealth: options.asksHealth }),
      ...(options.looksForLeaks !== undefined && { looksForLeaks: options.looksForLeaks }),
      ...(options.endWhenBroken !== undefined && { endWhenBroken: options.endWhenBroken }),
      ...(options.tokens !== undefined && { tokens: options.tokens }),
    };
  }

  /** The paths of the records so far. */
  #write(): Promise<string[]> {
    const { recordDirectory } = this.#context.settings;
    return Promise.all(
      this.#kept.map((kept) => writeRecord(recordDirectory, this.#record(kept), this.#redact)),
    );
  }

  #record({ run, runId, attemptsFile, isGraded }: KeptRun): RunRecord {
    const { target, settings, machine, scenario } = this.#context;
    const described = describeTarget(target);
    return {
      schema: 'ws-perf-gate/run',
      version: runRecordVersion,
      runId,
      sessionId: settings.sessionId,
      startedAt: run.startedAt.toISOString(),
      finishedAt: run.finishedAt.toISOString(),
      firstDialAt: run.firstDialAt?.toISOString() ?? null,
      scenario,
      target: described,
      machine,
      fingerprint: fingerprintOf({ machine, target: described, agents: run.agents.count }),
      profile: run.profile,
      counts: run.counts,
      failures: run.failures,
      metrics: run.metrics,
      verdicts: run.verdicts,
      outcome: worstOutcome(run.verdicts),
      grade: isGraded ? gradeOf(run) : notGraded,
      validity: run.validity,
      server: run.server,
      agents: run.agents,
      publisherClock: run.publisherClock,
      quotesNotJudged: run.quotesNotJudged,
      timeline: run.timeline,
      warmUp: run.warmUp,
      slots: run.slots,
      capacity: run.capacity,
      interrupted: run.interrupted,
      endedEarly: run.endedEarly,
      judgedBy: run.judgedBy,
      attemptsFile,
    };
  }
}

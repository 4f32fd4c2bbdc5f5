import type { SerializedError, TestArtifact } from 'vitest';
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node';
import type { Colors } from 'picocolors/types.js';
import { progressArtifactType, type LoadProgress } from '../progress.ts';
import type { SessionSettings } from '../settings.ts';
import { startDateClock } from '../harness/connection/clock.ts';
import type { Redact } from '../harness/record/redact.ts';
import { redactData } from '../harness/record/redact-data.ts';
import { compareScenarioNames } from './scenario-order.ts';
import { findRecords } from './find-records.ts';
import {
  collectBrokenModule,
  collectLostModule,
  collectLostScenario,
  collectScenario,
  readOwnRecords,
} from './collect-scenario.ts';
import { completeRecords, type RewriteRecord } from './complete-records.ts';
import { loadLines, plainLoadLine } from './live/load-lines.ts';
import { LoadTrail } from './live/load-trail.ts';
import { printableLine } from './printable.ts';
import { reportWidth } from './run-section.ts';
import { scenarioName } from '../harness/record/scenario-name.ts';
import { scenarioSection } from './scenario-section.ts';
import { withEnding } from './with-ending.ts';
import { processStartedAtEpochMs, startUpMs } from './start-up.ts';
import type { ScenarioResult, SessionResult, SessionTarget } from './session-result.ts';
import { closingLines } from './text.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './wrap.ts';

/** Between two lines of progress in a log. */
const plainProgressEveryMs = 5_000;

/** What the reporter needs from the command that starts Vitest. */
export interface PerfReporterOptions {
  readonly settings: Pick<SessionSettings, 'sessionId' | 'recordDirectory'>;
  readonly terminal: Terminal;
  /** Takes tokens out of everything before any report sees it. */
  readonly redact: Redact;
  readonly colors: Colors;
  /** Aborted when the user wants to stop. */
  readonly stopped: AbortSignal;
  readonly rewriteRecord: RewriteRecord;
}

const neverBegun = (name: string): ScenarioResult => ({
  name,
  title: 'not begun',
  file: '',
  outcome: 'stopped',
  reason: 'before it began',
  errors: [],
  records: [],
  recordFiles: [],
  durationMs: 0,
});

/** An error in one line with what was behind it: Vitest wraps why a worker ended. */
const withCauses = ({ message, cause }: SerializedError): string =>
  // It comes from anywhere, and may be no error at all.
  typeof cause?.message === 'string' ? `${message} ${withCauses(cause)}` : message;

const noneRunning = (): PromiseWithResolvers<void> => {
  const none = Promise.withResolvers<void>();
  none.resolve();
  return none;
};

/** Follows a session in Vitest: prints progress and each scenario as it ends, and keeps the result for other reports. */
export class PerfReporter implements Reporter {
  readonly #options: PerfReporterOptions;
  readonly #now = startDateClock();
  readonly #startedAt = this.#now();
  readonly #processStartedAtEpochMs = processStartedAtEpochMs();
  readonly #scenarios: ScenarioResult[] = [];
  readonly #faults: string[] = [];
  #leftOut: string | null = null;
  #planned: readonly string[] = [];
  /** The scenarios that have begun and were not reported: of whom nobody hears any more when their worker dies. */
  readonly #unreported = new Set<TestCase>();
  #target: SessionTarget | null = null;
  #running: PromiseWithResolvers<void> = noneRunning();
  readonly #trail = new LoadTrail();
  #lastProgressAtMs = 0;

  constructor(options: PerfReporterOptions) {
    this.#options = options;
  }

  /** The session as far as it has come. */
  result(): SessionResult {
    const { settings, stopped } = this.#options;
    return {
      sessionId: settings.sessionId,
      startedAt: this.#startedAt.toISOString(),
      finishedAt: this.#now().toISOString(),
      startUpMs: startUpMs(this.#processStartedAtEpochMs, this.#scenarios),
      target: this.#target,
      scenarios: this.#scenarios,
      faults: this.#faults,
      interrupted: stopped.aborted,
    };
  }

  /** Notes something that went wrong outside of any scenario; printed with the closing table. */
  addFault(message: string): void {
    const clean = this.#options.redact(message);
    if (!this.#faults.includes(clean)) this.#faults.push(clean);
  }

  /** Notes in one line what was left out of the session; printed with the closing table. */
  noteLeftOut(line: string): void {
    this.#leftOut = line;
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    const names = specifications.map(({ moduleId }) => scenarioName(moduleId)).toSorted(compareScenarioNames);
    this.#planned = names;
    const { colors, settings, terminal } = this.#options;
    terminal.print([
      ...wrap(`${colors.bold('ws-perf-gate')} ${settings.sessionId}: ${names.join(', ')}`, this.#width, '  '),
      'Opening the target …',
    ]);
  }

  onTestModuleCollected(module: TestModule): void {
    if (this.#target !== null) return;
    const { perfTarget }: { readonly perfTarget?: SessionTarget } = module.project.getProvidedContext();
    if (perfTarget === undefined) return;
    const { label, notices } = redactData(perfTarget, this.#options.redact);
    this.#target = { label, notices };
    const { colors, terminal } = this.#options;
    terminal.print([
      ...wrap(`Target: ${printableLine(label)}`, this.#width, '  '),
      ...notices.flatMap((notice) =>
        wrap(`! ${printableLine(notice)}`, this.#width, '  ').map((line) => colors.yellow(line)),
      ),
    ]);
  }

  /** Resolves when no scenario is running: at once, or when the running one has been reported. */
  get scenarioIsOver(): Promise<void> {
    return this.#running.promise;
  }

  onTestCaseReady(testCase: TestCase): void {
    this.#unreported.add(testCase);
    this.#running = Promise.withResolvers();
    const { colors, terminal } = this.#options;
    this.#lastProgressAtMs = performance.now();
    const name = scenarioName(testCase.module.moduleId);
    if (terminal.isInteractive) terminal.redraw([printableLine(`${name}: ${testCase.fullName}`)]);
    else terminal.print(['', colors.dim(`${name}: running`)]);
  }

  onTestCaseArtifactRecord(_testCase: TestCase, artifact: TestArtifact): void {
    if (artifact.type === progressArtifactType) {
      this.#showProgress(artifact.progress);
    }
  }

  async onTestCaseResult(testCase: TestCase): Promise<void> {
    const { redact, stopped } = this.#options;
    try {
      const scenario = withEnding(redactData(await collectScenario(testCase, stopped.aborted), redact));
      this.#report(scenario);
      this.#unreported.delete(testCase);
      await this.#complete(scenario);
    } finally {
      this.#running.resolve();
    }
  }

  onTestModuleEnd(module: TestModule): void {
    const broken = redactData(collectBrokenModule(module), this.#options.redact);
    if (broken !== null) this.#report(broken);
  }

  onUserConsoleLog({ content }: { readonly content: string }): void {
    this.#options.terminal.print([content.trimEnd()]);
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
  ): Promise<void> {
    for (const error of unhandledErrors) this.addFault(withCauses(error));
    // Those of a session that was stopped are told by `completeAfterStop`.
    if (!this.#options.stopped.aborted) {
      this.#noteUnheard(modules);
      await this.#reportLost();
    }
    this.#options.terminal.clear();
  }

  /** After a stop: adds what the running scenario wrote when Vitest had given it up, and those that never began. */
  async completeAfterStop(): Promise<void> {
    if (!this.#options.stopped.aborted) return;
    const { settings, terminal, colors, redact } = this.#options;
    await this.#reportLost();
    const begun = new Set(this.#scenarios.map(({ name }) => name));
    this.#scenarios.push(...this.#planned.filter((name) => !begun.has(name)).map(neverBegun));
    for (const [index, scenario] of this.#scenarios.entries()) {
      if (scenario.outcome !== 'stopped' || scenario.recordFiles.length > 0) continue;
      const own = await readOwnRecords(scenario, await findRecords(settings, scenario.name));
      if (own.records.length === 0) continue;
      const late = withEnding(redactData({ ...scenario, ...own }, redact));
      this.#scenarios[index] = late;
      terminal.print(['', ...scenarioSection(late, colors, this.#width)]);
      await this.#complete(late);
    }
  }

  /** Prints the closing table and the final sentence; called once the target is down, so that it is the last word. */
  printClosing(): void {
    const { colors, settings, terminal } = this.#options;
    const session = this.result();
    const hasRecords = session.scenarios.some(({ recordFiles }) => recordFiles.length > 0);
    terminal.print([
      '',
      ...closingLines(session, colors, this.#width),
      ...(this.#leftOut === null ? [] : wrap(this.#leftOut, this.#width, '  ')),
      ...(hasRecords ? [colors.dim(`Records: ${settings.recordDirectory}`)] : []),
    ]);
  }

  /** A report is as wide as the terminal, and no wider than people read. */
  get #width(): number {
    return Math.min(reportWidth, this.#options.terminal.columns ?? reportWidth);
  }

  #report(scenario: ScenarioResult): void {
    const { colors, terminal } = this.#options;
    this.#scenarios.push(scenario);
    terminal.clear();
    terminal.print(['', ...scenarioSection(scenario, colors, this.#width)]);
  }

  /** Writes into the records of a scenario what became of it. */
  async #complete(scenario: ScenarioResult): Promise<void> {
    const problems = await completeRecords(scenario, this.#options.rewriteRecord);
    for (const problem of problems) this.addFault(problem);
  }

  /** A worker that dies early takes with it what it was about to say: that a test has begun, or that there is one. */
  #noteUnheard(modules: readonly TestModule[]): void {
    for (const module of modules) {
      const wasHeard = [...module.children.allTests()].length > 0 || module.errors().length > 0;
      const isOver = !['queued', 'pending'].includes(module.state());
      if (!wasHeard && !isOver) this.#report(redactData(collectLostModule(module), this.#options.redact));
      for (const testCase of module.children.allTests('pending')) this.#unreported.add(testCase);
    }
  }

  /** Reports what was running when its worker died or was given up, or could not be read, with what it had written by then. */
  async #reportLost(): Promise<void> {
    const { redact, settings, stopped } = this.#options;
    for (const testCase of this.#unreported) {
      const name = scenarioName(testCase.module.moduleId);
      const files = await findRecords(settings, name);
      const found = await collectLostScenario(testCase, files, stopped.aborted);
      const lost = withEnding(redactData(found, redact));
      this.#report(lost);
      // Or they would be read as what their promises said.
      await this.#complete(lost);
    }
    this.#unreported.clear();
    this.#running.resolve();
  }

  #showProgress(progress: LoadProgress): void {
    const { colors, terminal } = this.#options;
    const load = this.#trail.follow(progress);
    if (terminal.isInteractive) {
      terminal.redraw(loadLines(load, this.#width - 1, colors));
      return;
    }
    const nowMs = performance.now();
    if (nowMs - this.#lastProgressAtMs < plainProgressEveryMs) return;
    this.#lastProgressAtMs = nowMs;
    terminal.print([colors.dim(plainLoadLine(load))]);
  }
}

import { dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Vitest } from 'vitest/node';
import { chooseColors } from '../reports/choose-colors.ts';
import { PerfReporter } from '../reports/perf-reporter.ts';
import { redactSecrets, type Redact } from '../harness/record/redact.ts';
import { secretsOf } from '../harness/record/secrets-of.ts';
import { scenarioAnnotations } from '../reports/github/scenario-annotations.ts';
import type { SessionResult } from '../reports/session-result.ts';
import type { Terminal } from '../reports/terminal.ts';
import { writeRecord } from '../session/record-store.ts';
import { requestStop } from '../session/stop-request.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { findUnwritable } from './find-unwritable.ts';
import { keepSession } from './history/keep-session.ts';
import { leaveOut, leftOutLine } from './leave-out.ts';
import { messageOf } from './message-of.ts';
import { openTerminal } from './open-terminal.ts';
import { openVitest, tearDownNow } from './open-vitest.ts';
import { printProblems } from './print-problems.ts';
import type { RunPlan } from './read-plan.ts';
import { readScenarios, taggedScenario } from './read-scenarios.ts';
import type { Environment } from './read-target.ts';
import { listenForStop } from './stop-signals.ts';
import { writeOutputs } from './write-outputs.ts';

/** How long a scenario may take to end its load and write its record, ms, once it was asked to stop. */
const scenarioEndsWithinMs = 15_000;

/** The files to run. Tags are known when Vitest has read the files, which takes a moment: only where they decide. */
const filesToRun = async (
  vitest: Vitest,
  plan: RunPlan,
  reporter: PerfReporter,
): Promise<readonly string[]> => {
  if (plan.leavesOut.length === 0) return plan.scenarios.map(({ file }) => file);
  const modules = await readScenarios(vitest, plan);
  const leavingOut = leaveOut(modules.map(taggedScenario), plan.leavesOut);
  const line = leftOutLine(leavingOut);
  if (line !== null) reporter.noteLeftOut(line);
  return leavingOut.kept;
};

/** Runs the scenarios, and returns why that could not even start; null when it could. The target is down by then. */
const startScenarios = async (
  vitest: Vitest,
  plan: RunPlan,
  { reporter, stopped }: { readonly reporter: PerfReporter; readonly stopped: AbortSignal },
): Promise<unknown> => {
  try {
    const files = await filesToRun(vitest, plan, reporter);
    // Without a file to run, Vitest would run all that there are.
    if (files.length > 0 && !stopped.aborted) await vitest.start([...files]);
    return null;
  } catch (error) {
    return error;
  } finally {
    // Vitest itself would print the failure with a stack, and end as if all were well.
    for (const failure of await tearDownNow(vitest)) reporter.addFault(messageOf(failure));
    await vitest.close();
  }
};

/** Annotations on GitHub, unless Vitest's own reporter of that name makes them. */
const annotationLines = (
  { scenarios }: SessionResult,
  { root, reporters }: RunPlan,
  environment: Environment,
): readonly string[] => {
  if (environment['GITHUB_ACTIONS'] !== 'true' || reporters.includes('github-actions')) return [];
  const folder = relative(environment['GITHUB_WORKSPACE'] || root, root);
  return scenarioAnnotations(scenarios, folder.replaceAll(sep, '/'));
};

const printReports = async (
  reporter: PerfReporter,
  plan: RunPlan,
  context: { readonly terminal: Terminal; readonly redact: Redact; readonly environment: Environment },
): Promise<number> => {
  const { terminal, redact, environment } = context;
  reporter.printClosing();
  const session = reporter.result();
  const exitCode = exitCodeOf(session);
  const { written, failed, warnings } = await writeOutputs(session, {
    outputs: plan.outputs,
    exitCode,
    summaryFile: environment['GITHUB_STEP_SUMMARY'] || null,
  });
  terminal.print([...annotationLines(session, plan, environment), ...written]);
  const kept = await keepSession(session, plan, environment);
  if (kept.outcome === 'kept') terminal.print([`History: ${join('.perf', 'history', kept.path)}`]);
  if (kept.outcome === 'failed') printProblems([redact(`The history has no record of this: ${kept.reason}`)]);
  printProblems([...failed, ...warnings].map(redact));
  return failed.length > 0 && exitCode === exitCodes.met ? exitCodes.notMeasured : exitCode;
};

/** Measures what the plan says, prints and writes the reports, and returns the exit code; the target is down by then. */
export const runPlan = async (plan: RunPlan, environment: Environment): Promise<number> => {
  const { target, recordDirectory } = plan.settings;
  const redact = redactSecrets(secretsOf({ ...target, environments: [target.serverEnvironment] }));
  const unwritable = await findUnwritable({
    recordDirectories: [recordDirectory],
    startsServers: target.url === null,
  });
  if (unwritable.length > 0) return printProblems(unwritable.map(redact));
  const terminal = openTerminal(redact, environment);
  const colors = chooseColors({
    isTerminal: process.stdout.isTTY,
    wanted: plan.wantsColors,
    environment,
  });
  const stopped = new AbortController();
  const reporter = new PerfReporter({
    settings: plan.settings,
    terminal,
    redact,
    colors,
    stopped: stopped.signal,
    rewriteRecord: (file, record) => writeRecord(dirname(file), record, redact),
  });
  let vitest: Vitest;
  try {
    vitest = await openVitest(plan, reporter);
  } catch (error) {
    const reporters = plan.reporters.length === 0 ? '' : ` Check --reporter (${plan.reporters.join(', ')}).`;
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return printProblems([redact(`Vitest could not start: ${reason}${reporters}`)]);
  }
  const signals = listenForStop(stopped, {
    stop: async () => {
      requestStop();
      // Cancelled before that, Vitest would give the scenario up, and what it measured would be lost.
      await Promise.race([reporter.scenarioIsOver, sleep(scenarioEndsWithinMs, undefined, { ref: false })]);
      await vitest.cancelCurrentRun('keyboard-input');
    },
    force: async () => {
      await tearDownNow(vitest);
    },
    say: (line) => {
      terminal.print([line]);
    },
  });
  try {
    const startError = await startScenarios(vitest, plan, { reporter, stopped: stopped.signal });
    if (startError !== null && !stopped.signal.aborted) return printProblems([redact(messageOf(startError))]);
    await reporter.completeAfterStop();
    return await printReports(reporter, plan, { terminal, redact, environment });
  } finally {
    signals[Symbol.dispose]();
  }
};

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comparison } from '../compare/comparison-record.ts';
import { redactSecrets } from '../harness/record/redact.ts';
import { chooseColors } from '../reports/choose-colors.ts';
import { comparisonMarkdown } from '../reports/comparison-markdown.ts';
import type { ComparisonUnderWay } from '../reports/comparison-progress.ts';
import { comparisonStopped } from '../reports/comparison-stopped.ts';
import { comparisonText } from '../reports/comparison-text.ts';
import { renderComparisonPage } from '../reports/html/comparison-page.ts';
import { bisectCommits } from './bisect-commits.ts';
import { compareOnce, type CompareContext } from './compare-once.ts';
import { exitCodes } from './exit-code.ts';
import { reportToGitHub } from './github/report-to-github.ts';
import { keepComparison } from './history/keep-comparison.ts';
import { messageOf } from './message-of.ts';
import { openTerminal } from './open-terminal.ts';
import { printProblems } from './print-problems.ts';
import type { ComparePlan } from './read-comparison.ts';
import type { Environment } from './read-target.ts';
import { secretsOf } from './secrets-of.ts';
import { listenForStop } from './stop-signals.ts';

const paint = (line: string, colors: ReturnType<typeof chooseColors>): string => {
  if (line.startsWith('FAIL')) return colors.red(line);
  if (/^(?:INCONCLUSIVE|NOT CONFIRMED|NOT TRUSTED)/u.test(line)) return colors.yellow(line);
  return line.startsWith('PASS') ? colors.green(line) : line;
};

const writeWhole = async (file: string, text: string): Promise<void> => {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
};

const writeComparison = async (
  comparison: Comparison,
  { plan, terminal }: CompareContext,
  environment: Environment,
): Promise<void> => {
  const text = `${JSON.stringify(comparison, null, 2)}\n`;
  const folder = join(plan.root, '.perf', 'comparisons');
  await mkdir(folder, { recursive: true });
  const kept = join(folder, `${plan.sessionId}.json`);
  await writeWhole(kept, text);
  if (plan.json !== null) await writeWhole(plan.json, text);
  if (plan.markdown !== null) await writeWhole(plan.markdown, comparisonMarkdown(comparison));
  if (plan.html !== null) await writeWhole(plan.html, renderComparisonPage(comparison));
  terminal.print(['', `Written: ${plan.json ?? kept}`]);
  const inHistory =
    plan.request.opponents.kind === 'commits'
      ? await keepComparison(comparison, plan.root, environment)
      : ({ outcome: 'none' } as const);
  if (inHistory.outcome === 'kept') terminal.print([`History: .perf/history/${inHistory.path}`]);
  terminal.print(await reportToGitHub(comparison, environment));
  if (inHistory.outcome === 'failed') terminal.print([`No record in the history: ${inHistory.reason}`]);
};

const compareAndReport = async (context: CompareContext, environment: Environment): Promise<number> => {
  const { plan, terminal } = context;
  if (plan.confirms !== null && plan.confirms.verdict !== 'fail') {
    terminal.print([
      `The first comparison did not fail (${plan.confirms.verdict}): there is nothing to confirm.`,
    ]);
    return plan.confirms.exitCode;
  }
  const comparison = await compareOnce(plan.request, context);
  const colors = chooseColors({ isTerminal: process.stdout.isTTY, wanted: plan.wantsColors, environment });
  terminal.print(['', ...comparisonText(comparison).map((line) => paint(line, colors))]);
  await writeComparison(comparison, context, environment);
  return comparison.exitCode;
};

/** Compares or bisects, prints and writes what came of it, and returns the exit code; all servers are down by then. */
export const runCompare = async (plan: ComparePlan, environment: Environment): Promise<number> => {
  const redact = redactSecrets(secretsOf(plan.request.target));
  const terminal = openTerminal(redact, environment);
  const stopped = new AbortController();
  const ended = Promise.withResolvers<void>();
  const reached: { last: ComparisonUnderWay | null } = { last: null };
  const context: CompareContext = {
    plan,
    terminal,
    redact,
    signal: stopped.signal,
    onBlock: (progress) => {
      reached.last = progress;
    },
  };
  const signals = listenForStop(stopped, {
    // What is under way hears it by the signal, and takes its servers down.
    stop: () => Promise.resolve(),
    // Work trees and folders are removed by what is ending already; it is given the time that a forced exit has.
    force: () => ended.promise,
    say: (line) => {
      terminal.print([line]);
    },
  });
  try {
    return plan.bisects === null
      ? await compareAndReport(context, environment)
      : await bisectCommits(plan.bisects, context);
  } catch (error) {
    terminal.clear();
    if (!stopped.signal.aborted) return printProblems([redact(messageOf(error))]);
    terminal.print(
      plan.bisects === null
        ? comparisonStopped(reached.last)
        : ['Stopped before the commit was found: the steps above stand.'],
    );
    return exitCodes.interrupted;
  } finally {
    ended.resolve();
    signals[Symbol.dispose]();
  }
};

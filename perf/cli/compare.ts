import type { CompareRequest } from '../compare/compare-request.ts';
import type { Comparison } from '../compare/comparison-record.ts';
import { secretsOf } from '../harness/record/secrets-of.ts';
import { chooseColors } from '../reports/choose-colors.ts';
import { comparisonStopped } from '../reports/comparison-stopped.ts';
import { comparisonText } from '../reports/comparison-text.ts';
import { bisectCommits } from './bisect-commits.ts';
import { compareOnce, type CompareContext } from './compare-once.ts';
import { findUnwritable } from './find-unwritable.ts';
import { reportToGitHub } from './github/report-to-github.ts';
import { describeTrust, readGateTrust } from './history/read-gate-trust.ts';
import { measureWithStop } from './measure-with-stop.ts';
import { printProblems } from './print-problems.ts';
import type { ComparePlan } from './read-comparison.ts';
import type { Environment } from './read-target.ts';
import { comparisonDirectory, writeComparison } from './write-comparison.ts';

const paint = (line: string, colors: ReturnType<typeof chooseColors>): string => {
  if (line.startsWith('FAIL')) return colors.red(line);
  if (/^(?:INCONCLUSIVE|NOT CONFIRMED|NOT TRUSTED)/u.test(line)) return colors.yellow(line);
  return line.startsWith('PASS') ? colors.green(line) : line;
};

/** Why a failure is not to count; null where it is, or where nobody asked. */
const readDisarmed = async (
  { plan, terminal }: CompareContext,
  environment: Environment,
): Promise<Comparison['disarmed']> => {
  if (!plan.yieldsToSelfChecks) return null;
  const trust = await readGateTrust(plan.root, environment);
  terminal.print([describeTrust(trust)]);
  if (trust.state === 'armed') return null;
  const { gates, failures, since } = trust;
  return { gates, failures, since };
};

const compareAndReport = async (context: CompareContext, environment: Environment): Promise<number> => {
  const { plan, terminal, redact } = context;
  if (plan.confirms !== null && plan.confirms.verdict !== 'fail') {
    terminal.print([
      `The first comparison did not fail (${plan.confirms.verdict}): there is nothing to confirm.`,
    ]);
    return plan.confirms.exitCode;
  }
  const unwritable = await findUnwritable({
    recordDirectories: [comparisonDirectory(plan.root)],
    startsServers: plan.request.opponents.kind !== 'urls',
  });
  if (unwritable.length > 0) return printProblems(unwritable.map(redact));
  const disarmed = await readDisarmed(context, environment);
  const comparison = await compareOnce(plan.request, { ...context, disarmed });
  const colors = chooseColors({ isTerminal: process.stdout.isTTY, wanted: plan.wantsColors, environment });
  terminal.print(['', ...comparisonText(comparison).map((line) => paint(line, colors))]);
  terminal.print(['', ...(await writeComparison(comparison, plan, environment))]);
  terminal.print(await reportToGitHub(comparison, environment));
  return comparison.exitCode;
};

const bisectAndReport = async (range: string, context: CompareContext): Promise<number> => {
  const { exitCode, sentence } = await bisectCommits(range, context);
  context.terminal.print(['', sentence]);
  return exitCode;
};

const secretsOfRequest = ({ target, opponents, serverEnvironments }: CompareRequest): readonly string[] => {
  const environments = [target.serverEnvironment, serverEnvironments.base, serverEnvironments.head];
  const commands = opponents.kind === 'commands' ? Object.values(opponents.commands) : [];
  const urls = opponents.kind === 'urls' ? Object.values(opponents.urls) : [];
  return [
    ...secretsOf({ ...target, environments, commands }),
    ...urls.flatMap((url) => secretsOf({ tokens: [], headers: {}, url })),
  ];
};

/** Compares or bisects, prints and writes what came of it, and returns the exit code; all servers are down by then. */
export const runCompare = (plan: ComparePlan, environment: Environment): Promise<number> =>
  measureWithStop(
    {
      secrets: secretsOfRequest(plan.request),
      environment,
      whenStopped: (reached) =>
        plan.bisects === null
          ? comparisonStopped(reached)
          : ['Stopped before the commit was found: the steps above stand.'],
    },
    (measuring) => {
      const context: CompareContext = { ...measuring, plan, disarmed: null };
      return plan.bisects === null
        ? compareAndReport(context, environment)
        : bisectAndReport(plan.bisects, context);
    },
  );

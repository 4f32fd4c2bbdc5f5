import { readMachine } from '../session/machine.ts';
import { exitCodes } from './exit-code.ts';
import { parseArguments } from './parse-arguments.ts';
import { printProblems } from './print-problems.ts';
import type { ChosenCommand } from './program.ts';
import { readPlan } from './read-plan.ts';

const runScenarios = async (
  { options, named }: Extract<ChosenCommand, { kind: 'run' }>,
  problems: readonly string[],
): Promise<number> => {
  const root = process.cwd();
  const reading = await readPlan({ options, named, environment: process.env, root });
  if (reading.outcome === 'invalid') return printProblems([...problems, ...reading.problems]);
  if (problems.length > 0) return printProblems(problems);
  // Loaded on demand: Vitest is large, and wrong usage should be told at once.
  if (options.list === true) {
    const { listScenarios } = await import('./list-scenarios.ts');
    return listScenarios(reading.plan);
  }
  const { runPlan } = await import('./run.ts');
  return runPlan(reading.plan, process.env);
};

const compareServers = async (
  { options }: Extract<ChosenCommand, { kind: 'compare' }>,
  problems: readonly string[],
): Promise<number> => {
  const { readComparisonPlan } = await import('./read-comparison.ts');
  const reading = await readComparisonPlan(options, process.env, process.cwd());
  if (reading.outcome === 'invalid') return printProblems([...problems, ...reading.problems]);
  if (problems.length > 0) return printProblems(problems);
  const { runCompare } = await import('./compare.ts');
  return runCompare(reading.plan, process.env);
};

const monitorServer = async (
  { options }: Extract<ChosenCommand, { kind: 'monitor' }>,
  problems: readonly string[],
): Promise<number> => {
  const { readMonitorPlan } = await import('./monitor/read-monitor-plan.ts');
  const reading = await readMonitorPlan(options, process.env);
  if (reading.outcome === 'invalid') return printProblems([...problems, ...reading.problems]);
  if (problems.length > 0) return printProblems(problems);
  const { runMonitor } = await import('./monitor/run-monitor.ts');
  return runMonitor(reading.plan, process.env);
};

const carryOut = async (chosen: ChosenCommand, problems: readonly string[]): Promise<number> => {
  if (chosen.kind === 'run') return runScenarios(chosen, problems);
  if (chosen.kind === 'compare') return compareServers(chosen, problems);
  if (chosen.kind === 'monitor') return monitorServer(chosen, problems);
  if (problems.length > 0) return printProblems(problems);
  switch (chosen.kind) {
    case 'serve': {
      const { runServe } = await import('./serve.ts');
      return runServe(chosen.options, process.env);
    }
    case 'token': {
      const { runToken } = await import('./token.ts');
      return runToken(chosen.options, process.env);
    }
    case 'track': {
      const { runTrack } = await import('./history/run-tracking.ts');
      return runTrack(chosen.options, process.env, process.cwd());
    }
    case 'self-check': {
      const { runSelfCheck } = await import('./history/run-tracking.ts');
      return runSelfCheck(chosen.options, process.env, process.cwd());
    }
    case 'comment': {
      const { runComment } = await import('./github/run-comment.ts');
      return runComment(chosen.options, process.env);
    }
    case 'history': {
      const { runHistory } = await import('./history/run-history.ts');
      return runHistory(chosen.request, process.cwd());
    }
    case 'report': {
      const { runReport } = await import('./report/run-report.ts');
      return runReport(chosen.request);
    }
    default:
      return chosen satisfies never;
  }
};

/** Carries out what was typed and returns the exit code. */
export const runCommandLine = async (argumentList: readonly string[]): Promise<number> => {
  if (argumentList.length === 1 && ['--version', '-V'].includes(argumentList[0] ?? '')) {
    const { packageVersion } = await readMachine();
    process.stdout.write(`${packageVersion}\n`);
    return exitCodes.met;
  }
  const parsed = parseArguments(argumentList);
  switch (parsed.outcome) {
    case 'help':
      return exitCodes.met;
    case 'unusable':
      return printProblems(parsed.problems);
    case 'parsed':
      return carryOut(parsed.chosen, parsed.problems);
    default:
      return parsed satisfies never;
  }
};

import { join } from 'node:path';
import { describeOpenFileShortage } from '../harness/load/choose-agents.ts';
import { openFileLimit } from '../harness/load/open-file-limit.ts';
import { newSessionId } from '../session/default-settings.ts';
import type { SessionSettings } from '../settings.ts';
import { readAgents } from './read-agents.ts';
import { readCapacity, readLoad } from './read-load.ts';
import { readOutputFile } from './read-output-file.ts';
import { readTarget, type Environment } from './read-target.ts';
import type { RunOptions } from './run-options.ts';
import { scenarioFiles, type ScenarioFile } from './scenario-files.ts';
import { selectScenarios } from './select-scenarios.ts';

/** Everything one `run` needs: checked, resolved, with nothing left open. */
export interface RunPlan {
  /** The project that is measured from, absolute. */
  readonly root: string;
  readonly settings: SessionSettings;
  readonly scenarios: readonly ScenarioFile[];
  /** Scenarios with one of these tags are left out, because nobody asked for them. */
  readonly leavesOut: readonly string[];
  readonly tags: readonly string[];
  readonly reporters: readonly string[];
  readonly wantsColors: boolean;
  /** Absolute paths; null: not asked for. */
  readonly outputs: {
    readonly csv: string | null;
    readonly text: string | null;
    readonly json: string | null;
    readonly html: string | null;
    readonly junit: string | null;
  };
}

/** A plan, or every problem found on the way to it. */
export type PlanReading =
  | { readonly outcome: 'valid'; readonly plan: RunPlan }
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] };

/** What was typed, and where. */
export interface RunRequest {
  readonly options: RunOptions;
  /** The scenarios that were named. */
  readonly named: readonly string[];
  readonly environment: Environment;
  readonly root: string;
}

const readOutputs = async (
  options: RunOptions,
  known: readonly ScenarioFile[],
  problems: string[],
): Promise<RunPlan['outputs']> => {
  for (const option of ['output', 'report', 'json', 'html', 'junit'] as const) {
    const given = options[option];
    if (known.some(({ name }) => name === given)) {
      problems.push(
        `--${option} took the scenario name "${String(given)}" for its file. Name scenarios first, or write --${option}=FILE.`,
      );
    }
  }
  const outputs = {
    csv: await readOutputFile('--output', options.output, 'websocket_test_results.csv', problems),
    text: await readOutputFile('--report', options.report, 'websocket_test_report.txt', problems),
    json: await readOutputFile('--json', options.json, '', problems),
    html: await readOutputFile('--html', options.html, 'websocket_test_report.html', problems),
    junit: await readOutputFile('--junit', options.junit, '', problems),
  };
  const files = Object.values(outputs).filter((file) => file !== null);
  if (new Set(files).size < files.length) {
    problems.push('--output, --report, --json, --html and --junit must be different files. Rename one.');
  }
  return outputs;
};

const checkOpenFiles = async (
  { load, capacity, agents }: Pick<SessionSettings, 'load' | 'capacity' | 'agents'>,
  problems: string[],
): Promise<void> => {
  const openFiles = await openFileLimit();
  for (const [option, connections] of [
    ['--connections', load.connections],
    ['--max-capacity', capacity.maximumConnections],
  ] as const) {
    const shortage =
      connections === null
        ? null
        : describeOpenFileShortage({ asked: agents ?? 'auto', connectionsAtOnce: connections, openFiles });
    if (shortage !== null) problems.push(`${option}: ${shortage}`);
  }
};

/** Turns what was typed into a plan, checking all of it before anything starts. */
export const readPlan = async ({ options, named, environment, root }: RunRequest): Promise<PlanReading> => {
  const problems: string[] = [];
  const sessionId = newSessionId(new Date());
  const known = await scenarioFiles(root);
  const target = await readTarget(options, environment, join(root, '.perf', 'logs', sessionId), problems);
  const load = readLoad(options, named, problems);
  const capacity = readCapacity(options, problems);
  const agents = readAgents(options, environment, problems);
  await checkOpenFiles({ load, capacity, agents }, problems);
  const outputs = await readOutputs(options, known, problems);
  const selection = selectScenarios(options, { named, known, hasUrl: target.url !== null }, problems);
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const recordDirectory = join(root, '.perf', 'runs');
  const plan: RunPlan = {
    root,
    settings: {
      sessionId,
      recordDirectory,
      target,
      judgedBy: options.interval === true ? 'interval' : 'observed',
      load,
      capacity,
      agents,
    },
    ...selection,
    tags: options.tags ?? [],
    reporters: options.reporter ?? [],
    wantsColors: options.color !== false,
    outputs,
  };
  return { outcome: 'valid', plan };
};

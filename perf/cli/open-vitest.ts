import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest, type Reporter, type Vitest } from 'vitest/node';
import { definePerfConfig, scenarioProjectName } from '../config.ts';
import { lastingOutput } from './lasting-output.ts';
import type { RunPlan } from './read-plan.ts';
import { ScenarioSequencer } from './scenario-sequencer.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;
const configExtensions = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];
const hasNoScenarioProject = /^No projects (?:were found|matched)/u;

const hasConfig = (root: string): boolean =>
  ['vitest.config', 'vite.config'].some((name) =>
    configExtensions.some((extension) => existsSync(join(root, `${name}.${extension}`))),
  );

/** Some of Vitest's reporters redraw lines of their own in a terminal; there is room for one who does. */
const withoutItsOwnWindow = (name: string): [string, { isTTY: false }] => [name, { isTTY: false }];

/** Vitest exits at the first signal, and its containers would stay; the signals are ours. */
const withoutItsSignalHandlers = async <Value>(create: () => Promise<Value>): Promise<Value> => {
  const before = new Map(signals.map((signal) => [signal, new Set(process.listeners(signal))]));
  const created = await create();
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (before.get(signal)?.has(listener) !== true) process.off(signal, listener);
    }
  }
  return created;
};

const create = (plan: RunPlan, reporter: Reporter, config: 'project' | 'own'): Promise<Vitest> =>
  createVitest(
    {
      root: plan.root,
      ...(config === 'own' && { config: false as const }),
      run: true,
      watch: false,
      project: [scenarioProjectName],
      fileParallelism: false,
      passWithNoTests: true,
      sequence: { sequencer: ScenarioSequencer },
      reporters: [reporter, ...plan.reporters.map(withoutItsOwnWindow)],
      provide: { perfSettings: plan.settings },
      ...(plan.tags.length > 0 && { tagsFilter: [...plan.tags] }),
    },
    config === 'own' ? definePerfConfig() : {},
    { stdout: lastingOutput(process.stdout), stderr: lastingOutput(process.stderr) },
  );

/** Vitest with the project's own configuration where that has scenarios, else with ours; nothing runs yet. */
export const openVitest = (plan: RunPlan, reporter: Reporter): Promise<Vitest> =>
  withoutItsSignalHandlers(async () => {
    if (!hasConfig(plan.root)) return create(plan, reporter, 'own');
    try {
      return await create(plan, reporter, 'project');
    } catch (error) {
      if (!(error instanceof Error && hasNoScenarioProject.test(error.message))) throw error;
      return create(plan, reporter, 'own');
    }
  });

/**
 * Takes the target down without waiting for a scenario that does not end, as Vitest's own close() does, and returns what of
 * it failed.
 */
export const tearDownNow = async (vitest: Vitest): Promise<readonly unknown[]> => {
  const results = await Promise.allSettled(
    vitest.projects.map(async (project) => {
      const tearDown: unknown = Reflect.get(project, '_teardownGlobalSetup');
      if (typeof tearDown === 'function') await tearDown.call(project);
    }),
  );
  return results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
};

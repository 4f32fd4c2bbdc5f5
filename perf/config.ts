import { fileURLToPath } from 'node:url';
import type { TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config';

/** The name of the Vitest project that holds the scenarios. */
export const scenarioProjectName = 'scenarios';

/** Which files are scenarios. */
export const scenarioPattern = '**/*.perf.ts';

/** What the scenarios of this package are tagged with. */
const scenarioTags = [
  { name: 'quick', description: 'done in a few seconds' },
  { name: 'slow', description: 'takes ten seconds or more' },
  { name: 'resilience', description: 'overload, outages and restarts; runs by its tag or name alone' },
  { name: 'soak', description: 'runs for minutes or hours; by its tag or name alone' },
];

/** Scenarios with one of these tags run when they are asked for, by tag or by name, and are left out otherwise. */
export const onDemandTags: readonly string[] = ['resilience', 'soak'];

const minutesMs = 60_000;
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/**
 * The Vitest project that runs scenarios: one at a time, in one thread beside nothing else, never retried, the target
 * brought up once before the first.
 */
export const scenarioProject = (): TestProjectInlineConfiguration => ({
  test: {
    name: scenarioProjectName,
    include: [scenarioPattern],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.perf/**'],
    globalSetup: [fileURLToPath(new URL(`./global-setup.${extension}`, import.meta.url))],
    // A thread stays out of the terminal's process group, so that Ctrl-C reaches the command line alone.
    pool: 'threads',
    maxWorkers: 1,
    fileParallelism: false,
    retry: 0,
    // No assertion is no pass.
    expect: { requireAssertions: true },
    tags: [...scenarioTags],
    // A user's scenarios may carry tags of their own.
    strictTags: false,
    // A load bounds itself; this is the last resort against one that does not.
    testTimeout: 60 * minutesMs,
    hookTimeout: 5 * minutesMs,
  },
});

/** A whole Vitest configuration for a repository whose only tests are scenarios: `export default definePerfConfig()`. */
export const definePerfConfig = (): ViteUserConfig => ({
  test: { projects: [scenarioProject()], teardownTimeout: minutesMs },
});

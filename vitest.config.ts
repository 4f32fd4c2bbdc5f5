import { defineConfig } from 'vitest/config';
import { scenarioProject } from './perf/config.ts';

/** Folders whose tests compute and touch nothing outside of themselves. */
const pure = [
  'perf/harness/{metrics,thresholds,statistics,record,expect,validity}/**/*.test.ts',
  'perf/reports/**/!(*.browser).test.ts',
  'perf/tracking/{statistics,change-points,self-checks}/**/*.test.ts',
  'perf/compare/!(run-gate).test.ts',
  'perf/compare/simulate/**/*.test.ts',
  'perf/monitor/!(post-webhook|monitor-server).test.ts',
];
const elsewhere = ['**/node_modules/**', '**/dist/**', '**/.perf/**', '**/*.{long,serial}.test.ts'];

export default defineConfig({
  test: {
    // Taking containers down takes longer than Vitest's ten seconds.
    teardownTimeout: 60_000,
    projects: [
      scenarioProject(),
      {
        test: {
          // A process and a module graph for each file would take longer than these tests themselves.
          name: 'pure',
          include: pure,
          exclude: elsewhere,
          pool: 'forks',
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'tests',
          include: ['**/*.test.ts'],
          exclude: [...elsewhere, ...pure],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Tests that measure: after all others and one at a time, so that nothing disturbs their generator.
          name: 'serial',
          include: ['**/*.serial.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/.perf/**'],
          pool: 'forks',
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'long',
          include: ['**/*.long.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/.perf/**'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 900_000,
        },
      },
    ],
  },
});

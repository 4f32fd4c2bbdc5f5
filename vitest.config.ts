import { defineConfig } from 'vitest/config';
import { scenarioProject } from './perf/config.ts';

export default defineConfig({
  test: {
    // Taking containers down takes longer than Vitest's ten seconds.
    teardownTimeout: 60_000,
    projects: [
      scenarioProject(),
      {
        test: {
          name: 'tests',
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/.perf/**', '**/*.{long,serial}.test.ts'],
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

import { defineConfig } from 'vitest/config';
import { scenarioProject } from './perf/config.ts';

/** Tests that compute and touch nothing outside of themselves, as all with generated input do. */
const pure = [
  '**/*.property.test.ts',
  'perf/harness/{metrics,thresholds,statistics,record,expect,validity}/**/*.test.ts',
  'perf/harness/load/{answered-pings,assign-local-endpoints,draw,flight-waits,local-endpoint-of,merge-*,most-open,opening-queue,pacer,profile,turn-budget}.test.ts',
  'perf/harness/connection/{classify-failure,clock,handshake-reference,upgrade-request,upgrade-response}.test.ts',
  'perf/{monitor,observe,session}/{judge-*,apply-overrides,expected-duration,make-dials,memory-growth,memory-rise,promise-watch,reconcile-counts,server-counts,server-record,target-tokens}.test.ts',
  'perf/tracking/history/{commit-url,keep-policy,parse-history-record,record-path,series}.test.ts',
  'perf/cli/{choose-load,exit-code,leave-out,read-agents,read-server-environment,reproduce-command}.test.ts',
  'fixtures/targets/stop-grace.test.ts',
  'reference-server/{admission/{client-address,latch},connections/quote-outlet,quotes/{quote,quote-pacer},settings/documented}.test.ts',
  '.ci/read-audit.test.ts',
  'perf/reports/**/!(*.browser).test.ts',
  'perf/tracking/{statistics,change-points,self-checks}/**/*.test.ts',
  'perf/compare/!(run-gate).test.ts',
  'perf/compare/simulate/**/*.test.ts',
  'perf/monitor/!(post-webhook|monitor-server|probe-connection).test.ts',
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

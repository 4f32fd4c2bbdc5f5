import { writeFile } from 'node:fs/promises';
import { startVitest, type Vitest } from 'vitest/node';
import { findContainerRuntime } from '../fixtures/targets/container-runtime.ts';
import { findBrowser } from '../perf/reports/html/testing/find-browser.ts';

// node .ci/run-tests.ts normal|long [FILTER...]
// PERF_REQUIRE_CONTAINERS=1  a missing container runtime is an error instead of a reason to skip
// PERF_REQUIRE_BROWSER=1     the same for a browser
// PERF_TEST_SUMMARY=FILE     writes {"passed":n,"failed":n,"skipped":n} there

interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const containerTests = /\.containers\.(?:\w+\.)?test\.ts$/u;
const browserTests = /\.browser\.(?:\w+\.)?test\.ts$/u;

const countTests = (vitest: Vitest): TestCounts => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of vitest.state.getTestModules()) {
    const tests = [...module.children.allTests()];
    for (const test of tests) {
      const { state } = test.result();
      // A test that never got its turn counts against the run.
      counts[state === 'pending' ? 'failed' : state] += 1;
    }
    // A file that failed before its tests were known.
    if (tests.length === 0 && module.state() === 'failed') counts.failed += 1;
  }
  return counts;
};

const hasTests = (vitest: Vitest, kind: RegExp): boolean =>
  vitest.state.getTestModules().some(({ moduleId }) => kind.test(moduleId));

const [size = 'normal', ...filters] = process.argv.slice(2);
const projects = size === 'long' ? ['long'] : ['pure', 'tests', 'serial'];
const hasRuntime = (await findContainerRuntime()) !== null;
const isRequired = process.env['PERF_REQUIRE_CONTAINERS'] === '1';

if (!hasRuntime && isRequired) {
  process.stderr.write(
    'PERF_REQUIRE_CONTAINERS=1, but no container runtime answers. Start Docker (or Podman, with DOCKER_HOST set to its ' +
      'socket) and check it with "docker info", or unset PERF_REQUIRE_CONTAINERS to skip the container tests.\n',
  );
  process.exit(1);
}

const vitest = await startVitest('test', filters, { project: projects, run: true, watch: false });
const counts = countTests(vitest);
const skipsContainers = !hasRuntime && hasTests(vitest, containerTests);
const skipsBrowser =
  findBrowser() === null && process.env['PERF_REQUIRE_BROWSER'] !== '1' && hasTests(vitest, browserTests);
await vitest.close();

const summaryFile = process.env['PERF_TEST_SUMMARY'];
if (summaryFile !== undefined && summaryFile !== '')
  await writeFile(summaryFile, `${JSON.stringify(counts)}\n`);
if (skipsContainers) {
  process.stdout.write(
    '\nThe container tests were SKIPPED: no container runtime answers. Start Docker or Podman to run them, and set ' +
      'PERF_REQUIRE_CONTAINERS=1 to make a missing one an error.\n',
  );
}
if (skipsBrowser) {
  process.stdout.write(
    '\nThe browser tests were SKIPPED: no Chromium or Chrome is on the PATH. Install one or name it in PERF_BROWSER to run ' +
      'them, and set PERF_REQUIRE_BROWSER=1 to make a missing one an error.\n',
  );
}
process.exitCode = counts.failed > 0 ? 1 : (process.exitCode ?? 0);

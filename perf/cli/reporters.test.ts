import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { serveWs } from '../harness/load/testing/serve-ws.ts';
import { makeProject } from './testing/make-project.ts';
import { runCommand } from './testing/run-command.ts';
import { failingScenario, saidBy, vitestReporters } from './testing/vitest-reporters.ts';

const run = promisify(execFile);

test('Vitest’s own reporters say what they say beside ours, and their blob can be merged', async () => {
  await using server = await serveWs((socket) => {
    socket.send('hello');
  });
  const cwd = await makeProject({ tiny: failingScenario });
  const wanted = vitestReporters.flatMap(({ name }) => ['--reporter', name]);
  const { stdout } = await runCommand(['--url', server.url, ...wanted], { cwd });
  expect(stdout).toContain('=== WebSocket Test Results ===');
  expect(stdout).toMatch(/^0 of 1 scenario held;/mu);
  for (const reporter of vitestReporters) {
    expect(await saidBy(reporter, { cwd, stdout }), reporter.name).toContain(reporter.says);
  }
  const vitest = join(cwd, 'node_modules', 'vitest', 'vitest.mjs');
  const merge = ['run', '--merge-reports=.vitest/blob', '--reporter=junit', '--outputFile=merged.xml'];
  // It ends with 1, as the scenario failed.
  await run(process.execPath, [vitest, ...merge], { cwd }).catch(() => undefined);
  expect(await readFile(join(cwd, 'merged.xml'), 'utf8')).toContain('name="two clients connect at once"');
});

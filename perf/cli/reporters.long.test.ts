import { expect, test } from 'vitest';
import { makeProject } from './testing/make-project.ts';
import { runCommand } from './testing/run-command.ts';
import { failingScenario, saidBy, vitestReporters } from './testing/vitest-reporters.ts';

test.each(vitestReporters)(
  'Vitest’s reporter $name says what it says, alone beside ours',
  async (reporter) => {
    const cwd = await makeProject({ tiny: failingScenario });
    const { stdout } = await runCommand(['--target', 'process', '--reporter', reporter.name], { cwd });
    expect(stdout).toMatch(/^0 of 1 scenario held;/mu);
    expect(await saidBy(reporter, { cwd, stdout })).toContain(reporter.says);
  },
);

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeProject } from '../../../cli/testing/make-project.ts';
import { runCommand } from '../../../cli/testing/run-command.ts';
import type { RunRecord } from '../../../harness/record/run-record.ts';

/** A page of a run, and the record of the same run. */
export interface MeasuredPage {
  readonly html: string;
  readonly record: RunRecord;
}

const measureIn = async (project: string, serverEnvironment: readonly string[]): Promise<MeasuredPage> => {
  const files = { html: join(project, 'report.html'), json: join(project, 'report.json') };
  const { stdout, stderr } = await runCommand(
    [
      'clients',
      '--target',
      'process',
      '--html',
      files.html,
      '--json',
      files.json,
      ...serverEnvironment.flatMap((assignment) => ['--server-env', assignment]),
    ],
    { cwd: project },
  );
  const json = await readFile(files.json, 'utf8').catch(() => '{"scenarios":[]}');
  const session = JSON.parse(json) as {
    readonly scenarios: readonly { readonly runs: readonly RunRecord[] }[];
  };
  const [record] = session.scenarios.flatMap(({ runs }) => runs);
  if (record === undefined) throw new Error(`Nothing was measured: ${stdout}${stderr}`);
  return { html: await readFile(files.html, 'utf8'), record };
};

/** Measures a real server by this scenario, through the command, which writes the page. */
export const measurePage = async (
  scenario: string,
  serverEnvironment: readonly string[] = [],
): Promise<MeasuredPage> => {
  // It is called before all tests as well, of which none would take the folder away.
  const project = await mkdtemp(join(tmpdir(), 'ws-perf-gate-page-'));
  try {
    await writeProject(project, { clients: scenario });
    return await measureIn(project, serverEnvironment);
  } finally {
    await rm(project, { recursive: true, force: true });
  }
};

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly name: string;
  readonly on: { readonly workflow_run?: { readonly workflows: readonly string[] } };
  readonly jobs: Readonly<
    Record<string, { readonly if?: string; readonly needs?: unknown; readonly steps: readonly Step[] }>
  >;
}

const read = async <Content>(path: string): Promise<Content> =>
  parse(await readFile(new URL(path, import.meta.url), 'utf8')) as Content;
const gate = await read<Workflow>('./workflows/performance-gate.yml');
const comment = await read<Workflow>('./workflows/performance-comment.yml');
const action = await read<{
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}>('./actions/perf-gate/action.yml');

/** What GitHub makes of the last job, whose conditions and variables are as here. */
const verdictOf = async (compared: string, needsConfirmation: string, confirmed: string): Promise<string> => {
  const [{ run = 'exit 0' } = {}] = gate.jobs['verdict']?.steps ?? [];
  const env = {
    PATH: process.env['PATH'],
    COMPARED: compared,
    NEEDS_CONFIRMATION: needsConfirmation,
    CONFIRMED: confirmed,
  };
  return promisify(execFile)('bash', ['-e', '-c', run], { env }).then(
    () => 'green',
    () => 'red',
  );
};

it.each([
  ['it passed', 'success', 'false', 'skipped', 'green'],
  ['it failed and the second did not', 'success', 'true', 'success', 'green'],
  ['it failed and the second did, too', 'success', 'true', 'failure', 'red'],
  ['it failed and the second was cancelled', 'success', 'true', 'cancelled', 'red'],
  ['it failed and nothing confirmed it', 'success', 'true', 'skipped', 'red'],
  ['it could not be carried out', 'failure', '', 'skipped', 'red'],
  ['it was cancelled', 'cancelled', '', 'skipped', 'red'],
  ['it said nothing', 'success', '', 'skipped', 'red'],
])('the required check: when %s it is right', async (_title, compared, needs, confirmed, color) => {
  expect(await verdictOf(compared, needs, confirmed)).toBe(color);
});

it('the required check is never skipped, since that would count as passed', () => {
  expect(gate.jobs['verdict']).toMatchObject({ if: '${{ always() }}', needs: ['compare', 'confirm'] });
});

const gateSteps = Object.values(gate.jobs).flatMap(({ steps }) => steps);

it('what the gate gives to its action is an input of it', () => {
  const used = gateSteps.filter(({ uses }) => uses === './.github/actions/perf-gate');
  expect(used).toHaveLength(2);
  for (const step of used)
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
});

it('the comment looks for the artifacts of the gate, by the names that they have', () => {
  expect(comment.on.workflow_run?.workflows).toEqual([gate.name]);
  const wanted = Object.values(comment.jobs)
    .flatMap(({ steps }) => steps)
    .flatMap((step) =>
      step.uses?.startsWith('actions/download-artifact@') === true ? step.with?.['name'] : [],
    );
  const kept = gateSteps
    .filter(({ uses }) => uses === './.github/actions/perf-gate')
    .map((step) => step.with?.['artifact'] ?? action.inputs['artifact']?.default);
  expect(wanted).toEqual(kept);
});

it('what the page on comparing shows to other repositories are inputs and outputs of the action', async () => {
  const page = await readFile(new URL('../perf/compare/README.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^```yaml\n(?<yaml>jobs:\n.*?)^```$/gmsu)].map(
    ({ groups }) => parse(groups?.['yaml'] ?? '') as Pick<Workflow, 'jobs'>,
  );
  const steps = examples.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));
  const used = steps.filter(({ uses }) => uses?.includes('/.github/actions/perf-gate@') === true);
  expect(used.length).toBeGreaterThanOrEqual(3);
  for (const step of used)
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
  for (const [, output = ''] of page.matchAll(/steps\.gate\.outputs\.(?<output>[\w-]+)/gu))
    expect(Object.keys(action.outputs)).toContain(output);
});

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
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
  const script = fileURLToPath(new URL('./gate-verdict.ts', import.meta.url));
  const env = { COMPARED: compared, NEEDS_CONFIRMATION: needsConfirmation, CONFIRMED: confirmed };
  return promisify(execFile)(process.execPath, [script], { env }).then(
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

it('the required check is that script, with what the jobs before it came to', async () => {
  const { scripts } = await read<{ readonly scripts: Readonly<Record<string, string>> }>('../package.json');
  expect(scripts['gate:verdict']).toBe('node .github/gate-verdict.ts');
  expect(gate.jobs['verdict']?.steps.at(-1)).toMatchObject({
    run: 'npm run gate:verdict',
    env: {
      COMPARED: '${{ needs.compare.result }}',
      NEEDS_CONFIRMATION: '${{ needs.compare.outputs.needs-confirmation }}',
      CONFIRMED: '${{ needs.confirm.result }}',
    },
  });
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

it('wherever processes are measured, a Redis has been installed that each server gets one of', async () => {
  const files = ['performance-gate', 'performance-tracking', 'performance-self-check'];
  const workflows = await Promise.all(files.map((file) => read<Workflow>(`./workflows/${file}.yml`)));
  const jobs = workflows.flatMap((workflow) => Object.values(workflow.jobs));
  const measuring = jobs.flatMap(({ steps }) => {
    const place = steps.findIndex(
      (step) => step.with?.['target'] === 'process' || step.run?.includes('--target process') === true,
    );
    return place === -1 ? [] : [steps.slice(0, place).map(({ run = '' }) => run)];
  });
  expect(measuring).toHaveLength(4);
  for (const before of measuring)
    expect(before).toContainEqual(expect.stringMatching(/^sudo apt-get install .*redis-server$/mu));
});

it('the base is found by the command, which knows the branch that a pull request goes to', () => {
  const used = gateSteps.find((step) => step.with?.['first-of-two'] === 'true');
  expect(used?.with).not.toHaveProperty('base');
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

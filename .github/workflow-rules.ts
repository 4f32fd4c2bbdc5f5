import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type YAMLMap } from 'yaml';

/** Something that a workflow or an action does against the house rules, and where. */
export interface WorkflowProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A file read, as the rules look at it. */
interface Source {
  readonly root: YAMLMap;
  readonly report: (node: unknown, message: string) => void;
  /** Whether a comment stands above the line that a node begins on, or at the end of it. */
  readonly isExplained: (node: unknown) => boolean;
}

const pinnedAction = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/u;

/** An action of someone else is pinned by commit, with its version beside it. An alias would hide a step from these rules. */
const checkWholeText = (text: string, { root, report }: Source): void => {
  visit(root, {
    Alias: (_key, node) => {
      report(node, 'An alias stands for something that these rules do not see. Write it out.');
    },
    Pair: (_key, { key, value }) => {
      if (!isScalar(key) || key.value !== 'uses' || !isScalar(value)) return;
      const action = String(value.value);
      const [restOfLine = ''] = text.slice(value.range?.[1]).split('\n', 1);
      if (action.startsWith('./') || (pinnedAction.test(action) && /#\s*v\d/u.test(restOfLine))) return;
      report(value, `"${action}" is not pinned. Write owner/action@<40 digits of the commit> # v<version>.`);
    },
  });
};

const mapsIn = (node: unknown): readonly YAMLMap[] =>
  isSeq(node) ? node.items.filter((item) => isMap(item)) : [];
const entriesOf = (node: unknown): readonly (readonly [string, YAMLMap])[] =>
  isMap(node)
    ? node.items.flatMap(({ key, value }) =>
        isScalar(key) && isMap(value) ? [[String(key.value), value] as const] : [],
      )
    : [];

/** Whether a step uses one of GitHub's own actions, whose names are read without regard to case. */
const usesAction = (step: YAMLMap, name: string): boolean =>
  String(step.get('uses')).toLowerCase().startsWith(`actions/${name}@`);

const checkSteps = (steps: unknown, { report }: Source): void => {
  for (const step of mapsIn(steps)) {
    const run = step.get('run', true);
    if (isScalar(run) && String(run.value).includes('${{')) {
      report(
        run,
        'A run: holds ${{ … }}, whose text would become part of the script. Pass it by env: and quote "$NAME".',
      );
    }
    if (usesAction(step, 'upload-artifact') && step.getIn(['with', 'overwrite']) !== true) {
      report(
        step,
        'An upload must say overwrite: true, or a job that is run again fails by its first artifact.',
      );
    }
    if (usesAction(step, 'checkout') && step.getIn(['with', 'persist-credentials']) === undefined) {
      report(step, 'A checkout must say persist-credentials: false, or true where the job pushes.');
    }
  }
};

/** npm, whose scripts are tested here; and what brings programs and images to a runner. */
const plainCommand = /^(?:npm (?:ci|test|run [\w:-]+)|sudo apt-get (?:update|install)|docker pull)(?: |$)/u;
/** What joins commands, or puts one into another. */
const shellWork = /[;&|`]|\$\(/u;

/** A script that stands in a workflow alone could only be tried on GitHub. */
const checkScripts = (steps: unknown, { report }: Source): void => {
  for (const step of mapsIn(steps)) {
    const run = step.get('run', true);
    if (!isScalar(run)) continue;
    const lines = String(run.value)
      .split('\n')
      .filter((line) => line.trim() !== '');
    if (lines.every((line) => plainCommand.test(line) && !shellWork.test(line))) continue;
    report(
      run,
      'A run: is npm, or installs something. Make what is more than that a script of package.json, with a test.',
    );
  }
};

const untrustedEvents = ['workflow_run', 'pull_request_target', 'issue_comment'];

/** The names of the events, in each of the three ways that YAML has for them. */
const eventsOf = (root: YAMLMap): readonly string[] => {
  const events = root.get('on', true);
  if (isMap(events)) return events.items.map(({ key }) => String(key));
  return isSeq(events) ? events.items.map(String) : [String(events)];
};

/** Where a job has rights that a pull request has not, nothing of the pull request may be checked out. */
const checkUntrustedCheckouts = (job: YAMLMap, source: Source): void => {
  const events = eventsOf(source.root);
  if (!untrustedEvents.some((event) => events.includes(event))) return;
  for (const step of mapsIn(job.get('steps'))) {
    const ref = step.getIn(['with', 'ref']);
    const isOfDefaultBranch =
      ref === '${{ github.event.repository.default_branch }}' && !step.hasIn(['with', 'repository']);
    if (usesAction(step, 'checkout') && !isOfDefaultBranch) {
      source.report(
        step,
        'After a pull request only the default branch of this repository may be checked out: ref: ${{ github.event.repository.default_branch }}.',
      );
    }
  }
};

/** What a job may do, name by name; null where it says so in another way. */
const permissionsOf = (job: YAMLMap): readonly (readonly [unknown, string, string])[] | null => {
  const permissions = job.get('permissions');
  if (!isMap(permissions)) return null;
  return permissions.items.map(
    ({ key, value }) => [key, String(key), isScalar(value) ? String(value.value) : ''] as const,
  );
};

/** Rights to write are the exception: they are named one by one, with what they are for, and never given to a pull request. */
const checkPermissions = (name: string, job: YAMLMap, source: Source): void => {
  const { report, isExplained, root } = source;
  if (!job.has('permissions')) {
    report(job, `Job "${name}" has no permissions: of its own.`);
    return;
  }
  const permissions = permissionsOf(job);
  if (permissions === null) {
    report(job.get('permissions', true), `Job "${name}" names each permission that it needs, or none: {}.`);
    return;
  }
  for (const [node, right, value] of permissions) {
    if (value !== 'write') continue;
    if (!isExplained(node)) report(node, `Job "${name}" may write ${right}: say in a comment what for.`);
    if (eventsOf(root).includes('pull_request'))
      report(node, `Job "${name}" runs code of a pull request, and may write nothing.`);
  }
  const mayPush = permissions.some(([, right, value]) => right === 'contents' && value === 'write');
  for (const step of mapsIn(job.get('steps'))) {
    if (usesAction(step, 'checkout') && step.getIn(['with', 'persist-credentials']) === true && !mayPush)
      report(step, 'Credentials are kept only where a job pushes, with contents: write.');
  }
};

const checkWorkflow = (source: Source): void => {
  const { root, report } = source;
  const permissions = root.get('permissions');
  if (!isMap(permissions) || permissions.items.length > 0) {
    report(root, 'A workflow begins with permissions: {}, and each job asks for what it needs.');
  }
  if (!root.has('concurrency')) report(root, 'A workflow has concurrency:, so that runs do not pile up.');
  for (const [name, job] of entriesOf(root.get('jobs'))) {
    checkPermissions(name, job, source);
    if (!job.has('timeout-minutes') && !job.has('uses'))
      report(job, `Job "${name}" has no timeout-minutes:.`);
    checkSteps(job.get('steps'), source);
    checkScripts(job.get('steps'), source);
    checkUntrustedCheckouts(job, source);
  }
};

const checkAction = (source: Source): void => {
  for (const [name, input] of entriesOf(source.root.get('inputs'))) {
    if (!input.has('description')) source.report(input, `Input "${name}" has no description.`);
  }
  checkSteps(source.root.getIn(['runs', 'steps']), source);
};

/** What a workflow (or an action) does against the rules of the house, which actionlint does not know. */
export const findWorkflowProblems = (
  text: string,
  kind: 'workflow' | 'action',
): readonly WorkflowProblem[] => {
  const lines = new LineCounter();
  const { contents: root, errors } = parseDocument(text, { lineCounter: lines });
  const at = (offset: number, message: string): WorkflowProblem => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, message };
  };
  if (errors.length > 0) return errors.map(({ pos: [offset], message }) => at(offset, message));
  if (!isMap(root)) return [at(0, 'This is no workflow and no action.')];
  const problems: WorkflowProblem[] = [];
  const report = (node: unknown, message: string): void => {
    const { range } = node as { range?: readonly number[] | null };
    problems.push(at(range?.[0] ?? 0, message));
  };
  const isExplained = (node: unknown): boolean => {
    const start = (node as { range?: readonly number[] | null }).range?.[0] ?? 0;
    const [restOfLine = ''] = text.slice(start).split('\n', 1);
    const before = text.slice(0, start).split('\n');
    return /\s#/u.test(restOfLine) || before.at(-2)?.trimStart().startsWith('#') === true;
  };
  const source: Source = { root, report, isExplained };
  checkWholeText(text, source);
  (kind === 'workflow' ? checkWorkflow : checkAction)(source);
  return problems;
};

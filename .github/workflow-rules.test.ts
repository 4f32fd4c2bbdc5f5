import { expect, it } from 'vitest';
import { findWorkflowProblems } from './workflow-rules.ts';

const commit = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const lines = {
  on: 'on: pull_request',
  permissions: 'permissions: {}',
  concurrency: 'concurrency: one',
  jobPermissions: '    permissions: { contents: read }',
  timeout: '    timeout-minutes: 5',
  uses: `      - uses: actions/checkout@${commit} # v7.0.1`,
  with: '        with: { persist-credentials: false }',
  run: '      - run: npm test',
};

const workflow = (changes: Partial<typeof lines> = {}): string => {
  const {
    on,
    permissions,
    concurrency,
    jobPermissions,
    timeout,
    uses,
    with: given,
    run,
  } = { ...lines, ...changes };
  const job = [
    'jobs:',
    '  test:',
    '    runs-on: ubuntu-latest',
    jobPermissions,
    timeout,
    '    steps:',
    uses,
    given,
    run,
  ];
  return [on, permissions, concurrency, ...job].join('\n');
};

it('finds nothing in a workflow that keeps to the rules', () => {
  expect(findWorkflowProblems(workflow(), 'workflow')).toEqual([]);
});

const ofDefaultBranch = 'ref: "${{ github.event.repository.default_branch }}"';

it.each<[string, Partial<typeof lines>, RegExp]>([
  ['an action that is pinned by a tag', { uses: '      - uses: actions/checkout@v7' }, /not pinned/u],
  [
    'a pinned action without its version',
    { uses: `      - uses: actions/checkout@${commit}` },
    /not pinned/u,
  ],
  ['a workflow without permissions', { permissions: '' }, /permissions: \{\}/u],
  ['a workflow whose every job may write', { permissions: 'permissions: write-all' }, /permissions: \{\}/u],
  ['a job without permissions', { jobPermissions: '' }, /no permissions/u],
  [
    'a job that may do everything',
    { jobPermissions: '    permissions: write-all' },
    /names each permission/u,
  ],
  [
    'a right to write that nobody explains',
    { on: 'on: push', jobPermissions: '    permissions: { contents: write }' },
    /may write contents: say in a comment what for/u,
  ],
  [
    'a pull request that may write',
    { jobPermissions: '    permissions: { contents: write } # to push' },
    /may write nothing/u,
  ],
  [
    'credentials that are kept where nothing is pushed',
    { with: '        with: { persist-credentials: true }' },
    /only where a job pushes/u,
  ],
  ['a job without a time-out', { timeout: '' }, /no timeout-minutes/u],
  ['a workflow without concurrency', { concurrency: '' }, /concurrency/u],
  ['a script that an event is pasted into', { run: '      - run: echo "${{ github.head_ref }}"' }, /by env/u],
  ['a script that is not npm', { run: '      - run: node .ci/it.ts' }, /a script of package\.json/u],
  ['a script behind npm', { run: '      - run: npm ci && ./deploy' }, /a script of package\.json/u],
  ['a script inside npm', { run: '      - run: npm run it -- "$(cat x)"' }, /a script of package\.json/u],
  [
    'a script among commands that install',
    { run: '      - run: |\n          sudo apt-get update\n          make' },
    /a script of package\.json/u,
  ],
  [
    'the same over several lines',
    { run: '      - run: |\n          true\n          echo ${{ github.actor }}' },
    /by env/u,
  ],
  [
    'a checkout that says nothing of credentials',
    { with: '        with: { fetch-depth: 0 }' },
    /persist-credentials/u,
  ],
  [
    'code of a pull request with rights',
    { on: 'on: { workflow_run: { types: [completed] } }' },
    /default branch/u,
  ],
  ['the same by pull_request_target', { on: 'on: { pull_request_target: {} }' }, /default branch/u],
  ['the same by an event without settings', { on: 'on: pull_request_target' }, /default branch/u],
  ['the same by one of several events', { on: 'on: [push, issue_comment]' }, /default branch/u],
  [
    'another repository with rights',
    {
      on: 'on: workflow_run',
      with: `        with: { persist-credentials: false, repository: a/b, ref: "\${{ github.event.repository.default_branch }}" }`,
    },
    /default branch of this repository/u,
  ],
  [
    'an action that is pinned by a tag, on one line',
    { uses: '      - { uses: actions/cache@v7, with: { persist-credentials: false } }', with: '' },
    /not pinned/u,
  ],
  [
    'an upload that fails when its job is run again',
    { uses: `      - uses: actions/upload-artifact@${commit} # v7.0.1`, with: '        with: { name: a }' },
    /overwrite: true/u,
  ],
  ['an alias', { with: '        with: &it { persist-credentials: false }\n      - *it' }, /alias/u],
  ['what is no YAML', { on: 'on: [' }, /./u],
])('finds %s', (_title, changes, message) => {
  expect(
    findWorkflowProblems(workflow(changes), 'workflow').map((problem) => problem.message),
  ).toContainEqual(expect.stringMatching(message));
});

it.each([
  '      - run: npm ci',
  '      - run: npm run perf -- --target containers --json "$FILE"',
  '      - run: |\n          sudo apt-get update\n          sudo apt-get install --yes redis-server',
  '      - run: docker pull --quiet redis:7-bookworm',
])('lets a workflow run npm, and install: %s', (run) => {
  expect(findWorkflowProblems(workflow({ run }), 'workflow')).toEqual([]);
});

it.each([
  ['beside it', '    permissions: { contents: write } # For a branch of its own.'],
  ['above it', '    permissions:\n      # For a branch of its own.\n      contents: write'],
])('lets a job push that says what for %s', (_where, jobPermissions) => {
  const text = workflow({
    on: 'on: push',
    jobPermissions,
    with: '        with: { persist-credentials: true }',
  });
  expect(findWorkflowProblems(text, 'workflow')).toEqual([]);
});

it('lets a workflow with rights check the default branch out', () => {
  const text = workflow({
    on: 'on: { workflow_run: { types: [completed] } }',
    with: `        with: { persist-credentials: false, ${ofDefaultBranch} }`,
  });
  expect(findWorkflowProblems(text, 'workflow')).toEqual([]);
});

it('says where a problem is', () => {
  const text = workflow({ run: '      - run: npm test -- "${{ github.head_ref }}"' });
  expect(findWorkflowProblems(text, 'workflow')).toMatchObject([{ line: 12, column: 14 }]);
});

it.each([
  ['an input without a description', 'inputs:\n  base: { required: true }\n', /no description/u],
  ['an input in a script', 'runs:\n  steps:\n    - run: echo ${{ inputs.base }}\n', /by env/u],
])('finds in an action %s', (_title, text, message) => {
  expect(findWorkflowProblems(text, 'action').map((problem) => problem.message)).toEqual([
    expect.stringMatching(message),
  ]);
});

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { below } from '../../harness/thresholds/threshold.ts';
import { connectTime } from '../../harness/metrics/catalogue.ts';
import { Distribution } from '../../harness/metrics/distribution.ts';
import type { Fingerprint } from '../../harness/record/fingerprint.ts';
import { makeRecord, makeScenario, makeSession } from '../../reports/testing/make-record.ts';
import { defaultSettings } from '../../session/default-settings.ts';
import type { HistoryRecord } from '../../tracking/history/history-record.ts';
import { historyDirectory } from '../../tracking/history/local-records.ts';
import { readHistory } from '../../tracking/history/read-history.ts';
import { makeHub, runGit } from '../../tracking/history/testing/make-clones.ts';
import { keepSession, type KeptSession } from './keep-session.ts';

const keep = (
  root: string,
  {
    session = makeSession(),
    environment = {},
  }: { session?: ReturnType<typeof makeSession>; environment?: Record<string, string> } = {},
): Promise<KeptSession> => keepSession(session, { root, settings: defaultSettings(root) }, environment);

const read = async (root: string): Promise<readonly HistoryRecord[]> => {
  const { records, unreadable } = await readHistory(historyDirectory(root));
  expect(unreadable).toEqual([]);
  return records;
};

const clone = async (): Promise<string> => (await makeHub()).clone('here');

test('a session leaves a record of its commit, machine, figures and verdicts', async () => {
  const root = await clone();
  await writeFile(join(root, 'package-lock.json'), '{}');
  await runGit(root, 'tag', 'perf-reference-1', 'HEAD^');
  const threshold = below(connectTime, 'mean', 500);
  const run = makeRecord({
    verdicts: [{ threshold, samples: 20, outcome: 'met', observed: 10 }],
  });
  const kept = await keep(root, { session: makeSession({ scenarios: [makeScenario({ records: [run] })] }) });
  const sha = await runGit(root, 'rev-parse', 'HEAD');
  expect(kept).toEqual({ outcome: 'kept', path: `runs/2026/11/${sha}-session-1.json` });
  expect(await read(root)).toMatchObject([
    {
      kind: 'scenarios',
      commit: { sha, parent: await runGit(root, 'rev-parse', 'HEAD^'), branch: 'main', isDirty: false },
      reference: { id: 'perf-reference-1', sha: await runGit(root, 'rev-parse', 'HEAD^') },
      project: '.',
      machine: {
        cpuModel: 'made up',
        lockfileHash: '44136fa355b3678a',
        runnerClass: 'local linux, 2 × made up',
      },
      scenarios: [
        {
          name: 'basic',
          load: 1,
          metrics: [
            {
              name: 'connectTime',
              mean: 10,
              count: 20,
              promises: [
                { aggregation: 'mean', comparison: 'below', limit: 500, observed: 10, outcome: 'met' },
              ],
            },
          ],
        },
      ],
    },
  ]);
});

test('a dirty work tree, a detached HEAD, a folder inside the clone and a CI job are said', async () => {
  const root = await clone();
  await writeFile(join(root, 'package.json'), '{ "name": "changed" }');
  await runGit(root, 'checkout', '--quiet', '--detach');
  const environment = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'owner/name',
    GITHUB_RUN_ID: '17',
    GITHUB_RUN_ATTEMPT: '3',
    RUNNER_ENVIRONMENT: 'github-hosted',
    ImageOS: 'ubuntu24',
    RUNNER_ARCH: 'X64',
  };
  expect(await keep(join(root, '.git', '..'), { environment })).toMatchObject({ outcome: 'kept' });
  expect(await read(root)).toMatchObject([
    {
      commit: { branch: null, isDirty: true },
      attempt: 3,
      jobUrl: 'https://github.example/owner/name/actions/runs/17',
      machine: { runnerClass: 'github github-hosted ubuntu24 X64' },
    },
  ]);
});

test('PERF_RUNNER_CLASS names the class of machines', async () => {
  const root = await clone();
  await keep(root, { environment: { PERF_RUNNER_CLASS: 'our own' } });
  expect(await read(root)).toMatchObject([{ machine: { runnerClass: 'our own' } }]);
});

test('runs are told apart by load and target, so that only like is compared with like', async () => {
  const run = makeRecord();
  const loads = [run, run, { ...run, profile: { ...run.profile, holdMs: 9 } }];
  const root = await clone();
  await keep(root, { session: makeSession({ scenarios: [makeScenario({ records: loads })] }) });
  const [record] = await read(root);
  const scenarios = record?.kind === 'scenarios' ? record.scenarios : [];
  expect(scenarios.map(({ load }) => load)).toEqual([1, 2, 3]);
  expect(new Set(scenarios.map(({ setupId }) => setupId)).size).toBe(2);
});

test.each<[string, Partial<Fingerprint>]>([
  ['another processor', { cpuModel: 'another' }],
  ['another version of Node', { node: 'v26' }],
  ['another path to the server', { path: 'published-port' }],
])('a run with %s is another setup', async (_what, difference) => {
  const run = makeRecord();
  const other = { ...run, fingerprint: { ...run.fingerprint, ...difference } };
  const root = await clone();
  await keep(root, { session: makeSession({ scenarios: [makeScenario({ records: [run, other] })] }) });
  const [record] = await read(root);
  const scenarios = record?.kind === 'scenarios' ? record.scenarios : [];
  expect(new Set(scenarios.map(({ setupId }) => setupId)).size).toBe(2);
});

test('the interval of a verdict, an early end and the metrics that a failed check concerns are kept', async () => {
  const run = makeRecord({
    verdicts: [
      {
        threshold: below(connectTime, 'mean', 500),
        samples: 20,
        outcome: 'met',
        observed: 10,
        interval: { lower: 8.5, upper: null },
      },
    ],
    endedEarly: { atMs: 100, savedMs: 900, promise: 'success rate ≥ 95.0 %', reason: 'too many failed' },
    metrics: {
      connectTime: new Distribution().samples(),
      quoteLatency: new Distribution().samples(),
    },
    validity: {
      conclusive: true,
      checks: [
        {
          name: 'wait',
          unit: 'ms',
          observed: 20,
          limit: 10,
          passed: false,
          concerns: ['quoteLatency'],
          reason: '',
          remedy: '',
        },
      ],
    },
  });
  const root = await clone();
  await keep(root, { session: makeSession({ scenarios: [makeScenario({ records: [run] })] }) });
  expect(await read(root)).toMatchObject([
    {
      scenarios: [
        {
          isConclusive: true,
          wasEndedEarly: true,
          metrics: [
            {
              name: 'connectTime',
              isTrue: true,
              promises: [{ interval: { low: 8.5, high: null, confidence: 0.95 } }],
            },
            { name: 'quoteLatency', isTrue: false },
          ],
        },
      ],
    },
  ]);
});

test('a promise about something that was not measured is kept with it', async () => {
  const root = await clone();
  const threshold = below(connectTime, 'p95', 250);
  const run = makeRecord({
    successful: 0,
    verdicts: [{ threshold, samples: 0, outcome: 'inconclusive', observed: null, reason: 'no samples' }],
  });
  await keep(root, { session: makeSession({ scenarios: [makeScenario({ records: [run] })] }) });
  expect(await read(root)).toMatchObject([
    {
      scenarios: [{ metrics: [{ name: 'connectTime', count: 0, promises: [{ outcome: 'inconclusive' }] }] }],
    },
  ]);
});

test.each([
  ['outside of a git work tree', async () => ({ root: await temporaryDirectory(), session: makeSession() })],
  [
    'before the first commit',
    async () => {
      const root = await temporaryDirectory();
      await runGit(root, 'init', '--quiet');
      return { root, session: makeSession() };
    },
  ],
  [
    'of a session that was stopped',
    async () => ({ root: await clone(), session: makeSession({ interrupted: true }) }),
  ],
  [
    'of a session without runs',
    async () => ({ root: await clone(), session: makeSession({ scenarios: [] }) }),
  ],
])('%s nothing is left', async (_what, make) => {
  const { root, session } = await make();
  expect(await keep(root, { session })).toEqual({ outcome: 'none' });
  expect(await readdir(root)).not.toContain('.perf');
});

test('what goes wrong is an answer with its reason, and never an exception', async () => {
  const root = await clone();
  await writeFile(join(root, '.perf'), 'a file where the folder should be');
  expect(await keep(root)).toMatchObject({
    outcome: 'failed',
    reason: expect.stringMatching(/ENOTDIR|EEXIST/u) as string,
  });
});

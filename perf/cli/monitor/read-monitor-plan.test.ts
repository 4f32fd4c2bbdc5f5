import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../testing/run-command.ts';
import type { MonitorCommandOptions } from './monitor-options.ts';
import { readMonitorPlan, type MonitorPlan } from './read-monitor-plan.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-monitor-plan-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

const url = 'http://127.0.0.1:9';

const problemsOf = async (
  options: MonitorCommandOptions,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> => {
  const reading = await readMonitorPlan(options, environment);
  return reading.outcome === 'invalid' ? reading.problems : [];
};

const planOf = async (
  options: MonitorCommandOptions,
  environment: Readonly<Record<string, string>> = {},
): Promise<MonitorPlan> => {
  const reading = await readMonitorPlan(options, environment);
  if (reading.outcome === 'invalid') throw new Error(reading.problems.join('\n'));
  return reading.plan;
};

const fileWith = async (content: unknown): Promise<string> => {
  const file = join(directory, 'monitor.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

test.each<[string, MonitorCommandOptions, Record<string, string>, RegExp]>([
  ['no server', {}, {}, /No server was named. .*--url/u],
  ['no interval', { url, interval: '0' }, {}, /--interval is "0"/u],
  ['an interval of a month', { url, interval: '2678400' }, {}, /at most 24 days/u],
  ['no look', { url, count: '0' }, {}, /--count is "0"/u],
  ['no such alert', { url, alert: ['latency=1'] }, {}, /names "latency", but must name one of connect-time/u],
  ['thresholds that are none', { url, alert: ['probe=fast'] }, {}, /must be RAISE:FOR:CLEAR/u],
  ['no thresholds', { url, alert: ['probe'] }, {}, /must be RAISE:FOR:CLEAR/u],
  ['a threshold too many', { url, alert: ['unreachable=1:2'] }, {}, /must be FOR in numbers/u],
  ['an alert twice', { url, alert: ['probe=1', 'probe=off'] }, {}, /given twice/u],
  [
    'cleared above where it is raised',
    { url, alert: ['probe=1:0:2'] },
    {},
    /raised above 1, but cleared below 2/u,
  ],
  ['a file that is not there', { url, config: '/nope.json' }, {}, /can not be read \(ENOENT\)/u],
  ['an output in no folder', { url, output: '/nope/x' }, {}, /there is no folder \/nope/u],
  ['a webhook that is none', { url }, { PERF_WEBHOOK: 'ftp://secret' }, /--webhook .* is no address/u],
  ['two sources of tokens', { url, token: 'a', tokenFile: 'b' }, {}, /only one can hold/u],
])('%s is one problem', async (_what, options, environment, problem) => {
  const problems = await problemsOf(options, environment);
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(problems.join('')).not.toContain('secret');
});

test.each([
  ['{"intervalSeconds": 1,}', [/holds no JSON/u]],
  [[], [/the file: /u]],
  [
    { intervalSeconds: -1, alerts: { probe: { raise: 1 }, speed: false }, colour: 1 },
    [/: intervalSeconds: /u, /: alerts\.probe: /u, /speed/u, /the file: .*colour/u],
  ],
])('of the file %j everything that is wrong is said', async (content, expected) => {
  const problems = await problemsOf({ url, config: await fileWith(content) });
  expect(problems).toHaveLength(expected.length);
  for (const problem of expected) expect(problems).toContainEqual(expect.stringMatching(problem));
});

test('the command prints a problem on one line, with exit code 2', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['monitor', '--probe', 'often', '--url', url]);
  expect(stderr).toMatch(/^ws-perf-gate: --probe is "often", but must be [^\n]*\n$/u);
  expect([exitCode, stdout]).toEqual([2, '']);
});

test('without options it looks every 5 s at all alerts but that of the probe', async () => {
  const plan = await planOf({}, { PERF_URL: `${url}/`, PERF_TOKEN: 't', PERF_TARGET: 'containers' });
  expect(plan).toMatchObject({
    httpUrl: url,
    webSocketUrl: 'ws://127.0.0.1:9/api/v1/market-data/ws',
    tokens: ['t'],
    intervalMs: 5_000,
    probeEveryMs: null,
    count: null,
    durationMs: null,
    output: null,
    webhook: null,
    failsOnAlert: false,
  });
  expect(plan.rules.map(({ alert }) => alert)).toEqual([
    'connect-time',
    'failure-rate',
    'memory-growth',
    'circuit-open',
    'unreachable',
  ]);
});

test.each([
  ['60', 300_000],
  ['120', 600_000],
])(
  'looked at every %s s, memory is watched for long enough to tell its growth',
  async (interval, expected) => {
    expect((await planOf({ url, interval })).memoryWindowMs).toBe(expected);
  },
);

test('a window of memory with too few looks in it is one problem', async () => {
  const config = await fileWith({ intervalSeconds: 10, memoryWindowSeconds: 49 });
  expect(await problemsOf({ url, config })).toEqual([
    'memoryWindowSeconds is 49, but growth is told from 5 looks, which come every 10 s. Give at least 50, or leave it out.',
  ]);
});

test('options stand over the file', async () => {
  const config = await fileWith({
    intervalSeconds: 10,
    probeSeconds: 30,
    memoryWindowSeconds: 60,
    alerts: { probe: { raiseAbove: 2 }, 'memory-growth': false },
  });
  const plan = await planOf({ url, config, interval: '2', alert: ['probe=:0', 'circuit-open=15'] });
  expect(plan).toMatchObject({ intervalMs: 2_000, probeEveryMs: 30_000, memoryWindowMs: 60_000 });
  expect(plan.rules).toContainEqual({ alert: 'probe', raiseAbove: 2, forMs: 0, clearBelow: 0.5 });
  expect(plan.rules).toContainEqual({
    alert: 'circuit-open',
    raiseAbove: 0.5,
    forMs: 15_000,
    clearBelow: 0.5,
  });
  expect(plan.rules.map(({ alert }) => alert)).not.toContain('memory-growth');
});

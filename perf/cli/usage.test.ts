import { expect, test } from 'vitest';
import { runCommand } from './testing/run-command.ts';

const url = 'http://127.0.0.1:9';

test.each([
  ['a malformed URL', ['--url', 'localhost:8000'], /Did you mean http:\/\/localhost:8000\?/u],
  ['a wrong scheme', ['--url', 'ftp://host'], /starts with http:\/\//u],
  ['no connection', ['--connections', '0'], /--connections is "0", but must be a whole number/u],
  ['a negative number', ['--connections', '-5'], /--connections is "-5"/u],
  ['a fraction', ['--connections', '1.5'], /--connections is "1.5"/u],
  ['no number', ['--connections', 'many'], /--connections is "many"/u],
  ['an empty number', ['--connections', ''], /--connections is ""/u],
  [
    'more connections than descriptors',
    ['--connections', '900000000'],
    /--connections: 900000000 .* "ulimit -n 14802737"/u,
  ],
  ['no number of agents', ['--agents', 'many'], /--agents is "many", but must be "auto" or a whole number/u],
  ['no instance', ['--instances', '0'], /--instances is "0", but must be a whole number from 1 to 16/u],
  [
    'instances of a server that runs already',
    ['--url', url, '--instances', '2'],
    /--instances is for a server that is started here/u,
  ],
  ['no agent', ['--agents', '0'], /--agents is "0"/u],
  [
    'more connections than the agents can hold',
    ['--agents', '1', '--connections', '50000000'],
    /--connections: .*ulimit -n 52631685/u,
  ],
  ['a negative delay', ['--delay', '-1'], /--delay is "-1"/u],
  ['a time-out of nothing', ['--timeout', '0'], /--timeout is "0", but must be .* more than 0/u],
  ['an unknown option', ['--conections', '5'], /unknown option '--conections'.*--connections/u],
  ['an unknown scenario', ['nosuch'], /no scenario "nosuch". Known: basic, load,/u],
  ['an unreadable token file', ['--url', url, '--token-file', '/nope'], /--token-file is "\/nope".*ENOENT/u],
  ['an odd header', ['--header', 'nonsense'], /--header number 1 is not of the form/u],
  ['a header of the handshake', ['--header', 'Upgrade: x'], /which the handshake sets itself/u],
  ['external without a URL', ['--target', 'external'], /Add --url URL/u],
  ['a URL and a target of our own', ['--url', url, '--target', 'process'], /Leave one of them out/u],
  ['an unknown target', ['--target', 'moon'], /must be one of auto, containers, process, external/u],
  ['two sources of tokens', ['--url', url, '--token', 'a', '--token-file', 'b'], /only one can hold/u],
  ['a token without a URL', ['--token', 'a'], /--token is for --url/u],
  ['an output in no folder', ['--output', '/nope/x.csv'], /there is no folder \/nope/u],
  ['a folder for a file', ['--json', '/'], /it is a folder/u],
  ['one file for two', ['--json', '/tmp/one', '--output', '/tmp/one'], /must be different files/u],
  ['a scenario taken for a file', ['--output', 'basic'], /Name scenarios first/u],
  [
    'a start above the maximum',
    ['--capacity-test', '--start-capacity', '300'],
    /above --max-capacity \(200\)/u,
  ],
  ['capacity options without a search', ['--url', url, '--max-capacity', '90'], /Add --capacity-test/u],
  ['a server environment without a name', ['--server-env', '=1'], /NAME=VALUE/u],
  [
    'a secret for a server that is started here',
    ['--target', 'process', '--server-env', 'JWT_SECRET=mine'],
    /--server-env JWT_SECRET=… is not heeded: .*--url with --token/u,
  ],
  ['an option without its value', ['--url'], /argument missing/u],
])('%s is one line on standard error and exit code 2', async (_what, argumentList, line) => {
  const { exitCode, stdout, stderr } = await runCommand(argumentList);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

test('all problems are reported together', async () => {
  const { exitCode, stderr } = await runCommand([
    'nosuch',
    '--foo',
    '1',
    '--bar',
    '--connections',
    'x',
    '--delay',
    'y',
  ]);
  expect(stderr.trimEnd().split('\n')).toHaveLength(5);
  expect(exitCode).toBe(2);
});

test('a token is never printed, wherever it was put', async () => {
  const { stderr } = await runCommand([
    '--tokn=sEcReT',
    '--token',
    'sEcReT with spaces',
    '--url',
    'ftp://host?token=sEcReT',
    '--header',
    'sEcReT',
  ]);
  expect(stderr.trimEnd().split('\n').length).toBeGreaterThanOrEqual(4);
  expect(stderr).not.toContain('sEcReT');
});

test('a server that does not answer is one line and exit code 2', async () => {
  const { exitCode, stderr } = await runCommand(['--url', url, '--token', 'sEcReT']);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/nothing listens on that port.* \(CONNECTION_REFUSED\)$/mu);
  expect(stderr).not.toContain('sEcReT');
  expect(exitCode).toBe(2);
});

test('--list names what runs by default with its promise, in the order of running, and then what does not', async () => {
  const { exitCode, stdout } = await runCommand(['--list']);
  const [rows = '', leftOut = ''] = stdout.split('\n\n');
  const names = rows.split('\n').map((line) => line.split(' ')[0]);
  expect([...new Set(names.slice(1))]).toEqual([
    'basic',
    'load',
    'messages',
    'fan-out',
    'monitoring',
    'auth',
    'stress',
    'capacity',
    'memory',
  ]);
  expect(leftOut).toMatch(/^Left out, unless asked for: reconnect-storm, overload, .*\(--tags resilience\)/u);
  expect(leftOut.trimEnd().split('\n')).toHaveLength(1);
  expect(exitCode).toBe(0);
});

/** A row for each test of a scenario. */
const resilience = [
  'reconnect-storm',
  'overload',
  'rolling-restart',
  'redis-outage',
  'redis-outage',
  'redis-outage',
  'slow-consumer',
];

test.for([
  { given: ['--tags', 'slow'], names: ['capacity', ...resilience, 'memory', 'soak'] },
  { given: ['--tags', 'resilience'], names: resilience },
  { given: ['--tags', 'quick', 'messages', 'memory'], names: ['messages', 'messages'] },
  { given: ['overload', 'basic'], names: ['basic', 'overload'] },
])('--list with $given lists what would run', async ({ given, names }) => {
  const { exitCode, stdout } = await runCommand(['--list', ...given]);
  const rows = stdout.trimEnd().split('\n').slice(1);
  expect(rows.map((line) => line.split(' ')[0])).toEqual(names);
  expect(exitCode).toBe(0);
});

test('--list says which tags there are when it is given another', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['--list', '--tags', 'nosuch']);
  expect(stderr).toMatch(/"nosuch" is not defined.*quick.*slow.*resilience.*soak/u);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

test('--help names the exit codes', async () => {
  const { exitCode, stdout } = await runCommand(['run', '--help']);
  expect(stdout).toContain('--capacity-step');
  expect(stdout).toContain('Exit codes: 0');
  expect(exitCode).toBe(0);
});

test('token prints a token and nothing else', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['token', '--subject', 'me', '--expires-in', '60']);
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/u);
  const claims = JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString('utf8')) as object;
  expect(claims).toMatchObject({ sub: 'me' });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
});

test('what can not be compared ends with exit code 2 and the reason', async () => {
  const { exitCode, stderr } = await runCommand([
    'compare',
    '--base',
    'no-such-commit',
    '--target',
    'process',
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/--base is "no-such-commit", which git does not know.* \(COMMIT_UNKNOWN\)$/mu);
});

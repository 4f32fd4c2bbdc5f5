import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeProject } from './testing/make-project.ts';
import { leaksIn, markedSecret, runAndLook } from './testing/secret-traces.ts';

// Good tokens and bad ones: what is refused is described in more places.
const basic = `test('connects', async ({ load, tokens }) => {
  const run = await load(few);
  expect(run).toMeet(below(connectTime, 'p50', 60_000));
  await load(few, { tokens: Object.values(tokens.bad()), isGraded: false });
});`;

const reports = Object.entries({ output: 'csv', report: 'txt', json: 'json', html: 'html', junit: 'xml' });

/** A project with a commit, so that its history gets a record. */
const makeCommittedProject = async (): Promise<string> => {
  const cwd = await makeProject({ basic });
  await writeFile(join(cwd, '.gitignore'), 'node_modules\n.perf\n');
  const git = (...given: readonly string[]): Buffer =>
    execFileSync('git', [
      '-C',
      cwd,
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.invalid',
      ...given,
    ]);
  git('init', '--quiet', '--template=', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'scenario');
  return cwd;
};

test.skipIf(process.platform !== 'linux')(
  'no secret and no token stands in anything that a whole run prints or writes, or in the list of processes',
  // A whole run, beside whatever else the machine does.
  { timeout: 180_000 },
  async () => {
    const cwd = await makeCommittedProject();
    const password = markedSecret('password');
    const headerValue = markedSecret('header');
    const serverEnvironment = ['LOG_LEVEL=trace', 'LOG_QUOTES=1', `DEMO_USERS=ada:${password}`];
    const traces = await runAndLook(
      [
        'run',
        'basic',
        '--target=process',
        `--header=X-Api-Key: ${headerValue}`,
        ...reports.flatMap(([option, extension]) => [`--${option}`, `all.${extension}`]),
        ...serverEnvironment.flatMap((assignment) => ['--server-env', assignment]),
      ],
      { cwd },
    );

    // All of it was there to be looked at.
    const wrote = [...traces.texts.keys()];
    expect(wrote).toEqual(expect.arrayContaining(reports.map(([, extension]) => `all.${extension}`)));
    expect(wrote).toContainEqual(expect.stringMatching(/^\.perf\/runs\/.*\.json$/u));
    expect(wrote).toContainEqual(expect.stringMatching(/^\.perf\/history\/.*\.json$/u));
    const logs = [...traces.texts].filter(([file]) => file.endsWith('server.log')).map(([, text]) => text);
    expect(logs).toEqual([expect.stringContaining('upgrade failed')]);
    expect([...traces.commandLines].join('\n')).toContain('reference-server/main');
    expect([...traces.serverSecrets]).toEqual([expect.stringMatching(/^[\w-]{43}$/u)]);

    expect(leaksIn(traces, [password, headerValue])).toEqual([]);
  },
);

test.skipIf(process.platform !== 'linux')(
  'no secret of a monitor, its webhook among them, stands in what it prints, writes and posts, or in the list of processes',
  async () => {
    const cwd = await makeProject({});
    const posted: string[] = [];
    const hook = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => posted.push(text));
      request.on('end', () => response.writeHead(404).end());
    }).listen(0, '127.0.0.1');
    await once(hook, 'listening');
    onTestFinished(() => void hook.close());
    const [token, path, key] = [markedSecret('token'), markedSecret('path'), markedSecret('key')];
    const { port } = hook.address() as AddressInfo;
    // The server repeats what it was asked with, as some do in their errors.
    const server = createServer((request, response) => {
      response.writeHead(500).end(`not ${String(request.headers['x-api-key'])} at ${request.url ?? ''}`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const options = [
      `--url=http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      `--header=X-Api-Key: ${key}`,
      '--interval=0.1',
      '--count=3',
      '--probe=0.1',
      '--output=looks.jsonl',
      '--alert=unreachable=0',
    ];
    const traces = await runAndLook(['monitor', ...options], {
      cwd,
      environment: { PERF_TOKEN: token, PERF_WEBHOOK: `http://127.0.0.1:${String(port)}/${path}` },
    });
    expect(traces.texts.get('looks.jsonl')).toContain('"away"');
    expect(traces.texts.get('stderr')).toContain('could not be delivered to the webhook (HTTP 404)');
    expect(posted).not.toEqual([]);
    const texts = new Map<string, string>([...traces.texts, ['webhook', posted.join('\n')] as const]);
    expect(leaksIn({ ...traces, texts }, [token, path, key])).toEqual([]);
  },
);

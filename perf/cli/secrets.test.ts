import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { descendantsOf } from './testing/descendants.ts';
import { makeProject } from './testing/make-project.ts';
import { userEnvironment } from './testing/user-environment.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const lookEveryMs = 150;

const password = 'marked-password-of-a-demo-user';
const headerValue = 'marked-value-of-a-header';

// Good tokens and bad ones: what is refused is described in more places.
const basic = `test('connects', async ({ load, tokens }) => {
  const run = await load(few);
  expect(run).toMeet(below(connectTime, 'p50', 60_000));
  await load(few, { tokens: Object.values(tokens.bad()), isGraded: false });
});`;

const reports = Object.entries({ output: 'csv', report: 'txt', json: 'json', html: 'html', junit: 'xml' });

/** Where what must not be seen was looked for: what the run printed and wrote, and the command lines of what it started. */
interface Traces {
  readonly texts: ReadonlyMap<string, string>;
  readonly commandLines: ReadonlySet<string>;
  /** That of the server which the run brought up. */
  readonly serverSecret: string;
}

const runAndLook = async (cwd: string): Promise<Traces> => {
  const serverEnvironment = ['LOG_LEVEL=trace', 'LOG_QUOTES=1', `DEMO_USERS=ada:${password}`];
  const command = ['run', 'basic', '--target', 'process', '--header', `X-Api-Key: ${headerValue}`];
  const options = [
    ...reports.flatMap(([option, extension]) => [`--${option}`, `all.${extension}`]),
    ...serverEnvironment.flatMap((assignment) => ['--server-env', assignment]),
  ];
  const child = spawn(process.execPath, [main, ...command, ...options], {
    cwd,
    env: userEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (output[name] += chunk.toString('utf8')));
  const commandLines = new Set<string>();
  let serverSecret = '';
  const looking = setInterval(() => {
    for (const { commandLine, environment } of descendantsOf(child.pid ?? 0)) {
      commandLines.add(commandLine);
      serverSecret =
        /(?:^|\0)JWT_SECRET=(?<secret>[^\0]+)/u.exec(environment)?.groups?.['secret'] ?? serverSecret;
    }
  }, lookEveryMs);
  await once(child, 'close');
  clearInterval(looking);
  const texts = new Map(Object.entries(output));
  for (const entry of await readdir(cwd, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    texts.set(file.slice(cwd.length + 1), await readFile(file, 'utf8'));
  }
  return { texts, commandLines, serverSecret };
};

/** A secret as it may stand in a text. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/u, ''),
];

/** Header and payload of a JSON Web Token (RFC 7515 §7.1), or any token in an address. */
const aToken = /eyJ[\w-]{8,}\.[\w-]{8,}|[?&](?:access_)?token=(?!\[)[^\s&"'`<]{8,}/u;

test.skipIf(process.platform !== 'linux')(
  'no secret and no token stands in anything that a whole run prints or writes, or in the list of processes',
  async () => {
    const cwd = await makeProject({ basic });
    const { texts, commandLines, serverSecret } = await runAndLook(cwd);
    await rm(cwd, { recursive: true, force: true });

    // All of it was there to be looked at.
    const wrote = [...texts.keys()];
    expect(wrote).toEqual(expect.arrayContaining(reports.map(([, extension]) => `all.${extension}`)));
    expect(wrote).toContainEqual(expect.stringMatching(/^\.perf\/runs\/.*\.json$/u));
    const logs = [...texts].filter(([file]) => file.endsWith('server.log')).map(([, text]) => text);
    expect(logs).toEqual([expect.stringContaining('upgrade failed')]);
    expect([...commandLines].join('\n')).toContain('reference-server/main');
    expect(serverSecret).toMatch(/^[\w-]{43}$/u);

    const secrets = [serverSecret, password, headerValue].flatMap(formsOf);
    const showing = (text: string): string[] => [
      ...secrets.filter((secret) => text.includes(secret)),
      ...(aToken.exec(text) ?? []),
    ];
    expect([...texts].flatMap(([where, text]) => showing(text).map((what) => `${where}: ${what}`))).toEqual(
      [],
    );
    expect([...commandLines].filter((line) => showing(line).length > 0)).toEqual([]);
  },
);

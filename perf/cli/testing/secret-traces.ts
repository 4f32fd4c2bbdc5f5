import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allCommandLines, descendantsOf } from './descendants.ts';
import { userEnvironment } from './user-environment.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const lookEveryMs = 250;

/** Where secrets were looked for: what a command printed and wrote, and what everybody could list while it ran. */
export interface SecretTraces {
  readonly exitCode: number | null;
  /** By where they stand: `stdout`, `stderr`, and each file under its folder, logs included. */
  readonly texts: ReadonlyMap<string, string>;
  /** Of what it started. */
  readonly commandLines: ReadonlySet<string>;
  /** Of everything on the machine, but the command itself, which holds what was typed. */
  readonly otherCommandLines: ReadonlySet<string>;
  /** Those that signed the tokens of the servers that it brought up as processes. */
  readonly serverSecrets: ReadonlySet<string>;
}

/** A value that nobody else on the machine has, so that it is found for sure where it leaked. */
export const markedSecret = (what: string): string => `marked-${what}-${randomUUID()}`;

/** Runs the command line in a folder, looking all the while, and reads everything that is there afterwards. */
export const runAndLook = async (
  argumentList: readonly string[],
  {
    cwd,
    environment = {},
  }: { readonly cwd: string; readonly environment?: Readonly<Record<string, string>> },
): Promise<SecretTraces> => {
  const child = spawn(process.execPath, [main, ...argumentList], {
    cwd,
    env: { ...userEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (output[name] += chunk.toString('utf8')));
  const commandLines = new Set<string>();
  const otherCommandLines = new Set<string>();
  const serverSecrets = new Set<string>();
  // What was typed is the typist's; a child that has not begun its own program yet is listed with it, too.
  const typed = [process.execPath, main, ...argumentList].join(' ');
  const isOfItsOwn = (commandLine: string): boolean => commandLine.trim() !== typed;
  const looking = setInterval(() => {
    for (const { commandLine, environment: variables } of descendantsOf(child.pid ?? 0)) {
      if (isOfItsOwn(commandLine)) commandLines.add(commandLine);
      const secret = /(?:^|\0)JWT_SECRET=(?<secret>[^\0]+)/u.exec(variables)?.groups?.['secret'];
      if (secret !== undefined) serverSecrets.add(secret);
    }
    for (const commandLine of allCommandLines().filter(isOfItsOwn)) otherCommandLines.add(commandLine);
  }, lookEveryMs);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearInterval(looking);
  const texts = new Map(Object.entries(output));
  for (const entry of await readdir(cwd, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    texts.set(file.slice(cwd.length + 1), await readFile(file, 'utf8'));
  }
  return { exitCode, texts, commandLines, otherCommandLines, serverSecrets };
};

/** A secret as it may stand in a text; half of it is as bad. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  secret.slice(0, Math.ceil(secret.length / 2)),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/u, ''),
];

/** Header and payload of a JSON Web Token (RFC 7515 §7.1), or any token in an address. */
const aToken = /eyJ[\w-]{8,}\.[\w-]{8,}|[?&](?:access_)?token=(?!\[)[^\s&"'`<]{8,}/u;

/** Everything that can be found of these secrets, of those of the servers, or of any token: what was found and where. */
export const leaksIn = (
  { texts, commandLines, otherCommandLines, serverSecrets }: SecretTraces,
  secrets: readonly string[],
): readonly string[] => {
  const forms = [...secrets, ...serverSecrets].flatMap(formsOf);
  const known = (text: string): string[] => forms.filter((form) => text.includes(form));
  const showing = (text: string): string[] => [...known(text), ...(aToken.exec(text) ?? [])];
  return [
    ...[...texts].flatMap(([where, text]) => showing(text).map((what) => `${where}: ${what}`)),
    ...[...commandLines].flatMap((line) => showing(line).map((what) => `process ${line}: ${what}`)),
    // Tokens of others on this machine are none of ours.
    ...[...otherCommandLines].flatMap((line) => known(line).map((what) => `process ${line}: ${what}`)),
  ];
};

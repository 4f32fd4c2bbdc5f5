import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { TEST_SECRET } from './signed-token.ts';
import { until } from './until.ts';

/** A reference server in a process of its own. */
export interface SpawnedServer extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly url: string;
  /** The lines of its log so far. */
  log(): readonly Readonly<Record<string, unknown>>[];
  /** Everything it wrote so far, errors included. */
  output(): string;
  /** Resolves with its exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

/** A process that runs the server's entry file, whether or not it comes up. */
export const spawnEntry = (
  environment: Readonly<Record<string, string>>,
  entry = new URL('../main.ts', import.meta.url).pathname,
  directory?: string,
) => {
  const child = spawn(process.execPath, [entry], {
    // Nothing of the test runner's environment leaks in.
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(directory === undefined ? {} : { cwd: directory }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return { child, exited, output: () => output };
};

/** Starts a server with a secret; resolves when it says that it is listening. */
export const spawnServer = async (
  environment: Readonly<Record<string, string>> = {},
  entry?: string,
  directory?: string,
): Promise<SpawnedServer> => {
  const { child, exited, output } = spawnEntry({ JWT_SECRET: TEST_SECRET, ...environment }, entry, directory);
  const log = () =>
    output()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const listening = await until(
    () => log().find((line) => line['msg'] === 'listening'),
    (line) => line !== undefined || child.exitCode !== null,
  );
  if (listening === undefined) throw new Error(`The server did not start:\n${output()}`);
  return {
    child,
    url: String(listening['url']),
    log,
    output,
    exited,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

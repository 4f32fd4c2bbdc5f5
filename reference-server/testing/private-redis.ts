import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe } from 'vitest';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** `describe` for tests that need a real Redis: skipped where there is no redis-server, unless PERF_REQUIRE_REDIS=1 forbids that. */
export const describeWithRedis = describe.skipIf(!hasRedis && process.env['PERF_REQUIRE_REDIS'] !== '1');

/** A redis-server that belongs to one test. */
export interface PrivateRedis extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Kills it as a power cut would. */
  kill(): Promise<void>;
  /** Stops it from answering without closing its connections. */
  freeze(): void;
  thaw(): void;
}

/** Starts a redis-server that keeps nothing on disk; resolves when it answers. */
export const startPrivateRedis = async (options: { readonly port?: number } = {}): Promise<PrivateRedis> => {
  const port = options.port ?? (await freePort());
  const child = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ]);
  await readyToAccept(child);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: kill,
  };
};

/** A port that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const readyToAccept = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
    child.once('error', (error) =>
      reject(new Error('redis-server can not be started. Install it.', { cause: error })),
    );
    child.once('exit', () => reject(new Error(`redis-server ended at once:\n${output}`)));
  });

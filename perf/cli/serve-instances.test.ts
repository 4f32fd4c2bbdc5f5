import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findExecutable } from '../../fixtures/targets/find-executable.ts';
import { stablePort } from '../../fixtures/targets/stable-port.ts';

const programs = await Promise.all(['nginx', 'redis-server'].map(findExecutable));
const isPossible = programs.every((program) => program !== null) || process.env['PERF_REQUIRE_NGINX'] === '1';

test.skipIf(!isPossible)(
  'serve --instances keeps two servers behind one address until it is stopped',
  async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const port = String(await stablePort());
    const child = spawn(process.execPath, [main, 'serve', '--instances', '2', '--port', port], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    const listens = new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.includes('Ctrl-C')) resolve();
      });
    });
    const exited = once(child, 'close');
    await Promise.race([listens, exited]);
    const instances = [...said.matchAll(/^instance-\d {2}(?<url>\S+)$/gmu)].map(
      ({ groups }) => groups?.['url'],
    );
    expect(instances).toHaveLength(2);
    for (const url of [`http://127.0.0.1:${port}`, ...instances])
      expect((await fetch(`${url ?? ''}/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    for (const url of instances) await expect(fetch(`${url ?? ''}/health`)).rejects.toThrow('fetch failed');
  },
);

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('audit-dependencies.ts', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

const auditAt = async (registry: string): Promise<{ exitCode: number | null; stderr: string }> => {
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], npm_config_registry: registry },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [exitCode]] = await Promise.all([
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { exitCode, stderr };
};

/** A registry that has one advisory, and of packages nothing but their names. */
const startRegistry = async (): Promise<string> => {
  const advisory = {
    id: 1,
    url: 'https://advisories.example/ws',
    title: 'frames of any size',
    severity: 'high',
    vulnerable_versions: '*',
    cwe: [],
    cvss: { score: 8, vectorString: null },
  };
  const server = createServer((request, response) => {
    request.resume();
    const isBulk = request.url?.endsWith('/advisories/bulk') === true;
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isBulk ? { ws: [advisory] } : { name, versions: {}, 'dist-tags': {} }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
};

test('an advisory against a dependency that is published with the package fails the check', async () => {
  const { exitCode, stderr } = await auditAt(await startRegistry());
  expect(stderr).toContain('high: ws: frames of any size https://advisories.example/ws\n');
  expect(exitCode).toBe(1);
});

test('without a registry the check warns, and passes', async () => {
  const { exitCode, stderr } = await auditAt('http://127.0.0.1:9/');
  expect(stderr).toMatch(/^WARNING: dependencies were not audited, the registry can not be asked: .+\n$/u);
  expect(exitCode).toBe(0);
});

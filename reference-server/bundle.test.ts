import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleReferenceServer } from './bundle.ts';
import { connectClient } from './testing/market-client.ts';
import { describeWithRedis, startPrivateRedis } from './testing/private-redis.ts';
import { spawnServer } from './testing/spawned-server.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-bundle-'));
  await bundleReferenceServer(directory);
}, 60_000);
afterAll(() => rm(directory, { recursive: true }));

const serve = (environment: Readonly<Record<string, string>>) =>
  spawnServer(environment, join(directory, 'server.mjs'), directory);

const expectToServe = async (url: string, store: string): Promise<void> => {
  const health = await fetch(`${url}/health`);
  expect([health.status, await health.json()]).toMatchObject([200, { status: 'ok', store }]);
  using client = await connectClient(url);
  await client.receive('quote', 2);
};

describe('the bundle', { timeout: 60_000 }, () => {
  it('is a build context of two files', async () => {
    expect((await readdir(directory)).toSorted()).toEqual(['Dockerfile', 'server.mjs']);
  });

  it('serves with nothing but Node beside it, and stops in order', async () => {
    await using server = await serve({});
    await expectToServe(server.url, 'memory');
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });
});

describeWithRedis('the bundle with Redis', { timeout: 60_000 }, () => {
  it('serves from it', async () => {
    await using redis = await startPrivateRedis();
    await using server = await serve({ REDIS_URL: redis.url });
    await expectToServe(server.url, 'redis');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectClient } from './testing/market-client.ts';
import { describeWithRedis, startPrivateRedis } from './testing/private-redis.ts';
import { readStats } from './testing/read-stats.ts';
import { signedToken, TEST_SECRET } from './testing/signed-token.ts';
import { spawnEntry, spawnServer } from './testing/spawned-server.ts';
import { until } from './testing/until.ts';
import { upgradeRequest } from './testing/upgrade-request.ts';

describe('the process', { timeout: 60_000 }, () => {
  it('says once that it is listening, whatever the log level', async () => {
    await using server = await spawnServer({ LOG_LEVEL: 'fatal' });
    expect(server.log()).toMatchObject([{ msg: 'listening', host: '127.0.0.1', url: server.url }]);
    expect(`http://127.0.0.1:${String(server.log()[0]?.['port'])}`).toBe(server.url);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s closes its clients with 1012 and exits with 0',
    async (signal) => {
      await using server = await spawnServer({});
      const clients = await Promise.all([connectClient(server.url), connectClient(server.url)]);
      server.child.kill(signal);
      expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual([1012, 1012]);
      expect(await server.exited).toBe(0);
    },
  );

  it('while draining refuses upgrades and says so, and exits when its last client has gone', async () => {
    await using server = await spawnServer({ SHUTDOWN_GRACE_MS: '600000' });
    using unresponsive = await connectClient(server.url);
    unresponsive.socket.pause();
    server.child.kill('SIGTERM');
    await until(
      () => server.output(),
      (output) => output.includes('"draining"'),
    );
    const health = async () => {
      const answer = await fetch(`${server.url}/health`);
      return [answer.status, await answer.json()];
    };
    const draining = [503, { status: 'unavailable', reason: 'draining', admission: {} }];
    expect(await health()).toMatchObject(draining);
    const answer = await upgradeRequest(server.url, {
      headers: { Authorization: `Bearer ${signedToken()}` },
    });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    // A second signal, as a terminal and a parent send it, neither hurries nor breaks anything.
    server.child.kill('SIGINT');
    expect(await health()).toMatchObject(draining);
    unresponsive.socket.terminate();
    expect(await server.exited).toBe(0);
  });

  it('exits even if a client never answers the close', async () => {
    await using server = await spawnServer({ SHUTDOWN_GRACE_MS: '300' });
    using unresponsive = await connectClient(server.url);
    unresponsive.socket.pause();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('never writes a token, a password or its secret to the log', async () => {
    await using server = await spawnServer({ LOG_LEVEL: 'trace', DEMO_USERS: 'ada:hunter2' });
    const token = signedToken();
    using client = await connectClient(server.url);
    client.socket.send('nonsense');
    await client.closed;
    await upgradeRequest(server.url, { path: `/api/v1/market-data/ws?token=${token}x` });
    await fetch(`${server.url}/api/v1/auth/token`, {
      method: 'POST',
      body: JSON.stringify({ username: 'ada', password: 'hunter2' }),
    });
    server.child.kill('SIGTERM');
    await server.exited;
    expect(server.output()).toContain('connection closed');
    for (const secret of [token, token.slice(0, 20), 'hunter2', TEST_SECRET]) {
      expect(server.output()).not.toContain(secret);
    }
  });

  it.runIf(process.platform === 'linux')(
    'takes its secrets from files, and none of them stands in the list of processes',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'ws-perf-gate-secrets-'));
      const secretFile = join(folder, 'jwt');
      await writeFile(secretFile, `${TEST_SECRET}\n`);
      await using server = await spawnServer({ JWT_SECRET: '', JWT_SECRET_FILE: secretFile });
      using client = await connectClient(server.url);
      expect(client.socket.readyState).toBe(client.socket.OPEN);
      const commandLine = await readFile(`/proc/${server.child.pid}/cmdline`, 'utf8');
      expect(commandLine).toContain('main.ts');
      expect(commandLine).not.toContain(TEST_SECRET);
      await rm(folder, { recursive: true });
    },
  );

  it('refuses arguments, which everybody on the machine could read', async () => {
    const child = spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname, '--jwt-secret=x'], {
      env: { JWT_SECRET: TEST_SECRET, PORT: '0' },
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(output).toContain('takes no arguments');
  });

  it('exits with 2 and says what to do when its port is taken', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const { exited, output } = spawnEntry({ JWT_SECRET: TEST_SECRET, PORT: String(port) });
    expect(await exited).toBe(2);
    expect(output()).toContain(`can not listen on 127.0.0.1:${port}`);
    occupant.close();
  });

  it.runIf(process.platform === 'linux')(
    'goes on when its log can not be written, as on a full disk, and ends when it is asked to',
    async () => {
      const occupant = createServer().listen(0, '127.0.0.1');
      await once(occupant, 'listening');
      const { port } = occupant.address() as AddressInfo;
      occupant.close();
      await once(occupant, 'close');
      const disk = openSync('/dev/full', 'w');
      const environment = { JWT_SECRET: TEST_SECRET, PORT: String(port), LOG_LEVEL: 'debug' };
      const child = spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname], {
        env: { PATH: process.env['PATH'] ?? '', ...environment },
        stdio: ['ignore', disk, disk],
      });
      closeSync(disk);
      const exited = once(child, 'exit');
      const health = (): Promise<number> =>
        fetch(`http://127.0.0.1:${port}/health`).then(
          ({ status }) => status,
          () => child.exitCode ?? 0,
        );
      // It has said several things by then, all of them in vain.
      expect(await until(health, (status) => status !== 0)).toBe(200);
      child.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
    },
  );
});

describeWithRedis('the process with Redis', { timeout: 60_000 }, () => {
  it('reports its last counts before it exits', async () => {
    await using redis = await startPrivateRedis();
    await using leaving = await spawnServer({ REDIS_URL: redis.url });
    await using staying = await spawnServer({ REDIS_URL: redis.url });
    using client = await connectClient(leaving.url);
    leaving.child.kill('SIGTERM');
    expect(await client.closed).toBe(1012);
    expect(await leaving.exited).toBe(0);
    expect(await readStats(staying.url)).toMatchObject({ total_connections: 1, current_connections: 0 });
  });

  it('exits with 0 although its Redis hangs', async () => {
    await using redis = await startPrivateRedis();
    await using server = await spawnServer({ REDIS_URL: redis.url });
    redis.freeze();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });
});

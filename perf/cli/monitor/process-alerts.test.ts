import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { findExecutable } from '../../../fixtures/targets/find-executable.ts';
import { startPrivateRedis } from '../../../fixtures/targets/private-redis.ts';
import { startReferenceServerProcess } from '../../../fixtures/targets/reference-server-process.ts';
import { signToken } from '../../../fixtures/tokens/index.ts';
import { runCommand } from '../testing/run-command.ts';
import { monitorLines, untilLines } from './testing/monitor-lines.ts';

const redisServer = await findExecutable('redis-server');
const secret = 'x'.repeat(32);
const mebibyte = 2 ** 20;

test.skipIf(redisServer === null && process.env['PERF_REQUIRE_REDIS'] !== '1')(
  'memory that leaks and a Redis that is gone raise alerts, by what the server’s /metrics say',
  async ({ signal }) => {
    const directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-monitor-process-'));
    const [output, config] = [join(directory, 'monitor.jsonl'), join(directory, 'monitor.json')];
    const alerts = { 'memory-growth': { raiseAbove: 240, forSeconds: 0.4, clearBelow: 60 } };
    await writeFile(config, JSON.stringify({ intervalSeconds: 0.2, memoryWindowSeconds: 2, alerts }));
    await using redis = await startPrivateRedis({
      executable: redisServer ?? 'redis-server',
      logFile: join(directory, 'redis.log'),
    });
    await using server = await startReferenceServerProcess({
      environment: {
        HOST: '127.0.0.1',
        PORT: '0',
        JWT_SECRET: secret,
        REDIS_URL: redis.url,
        FAULT_LEAK_BYTES_PER_CONNECTION_SECOND: String(16 * mebibyte),
      },
      serverFile: null,
      logFile: join(directory, 'server.log'),
      startTimeoutMs: 15_000,
    });
    const token = signToken({ secret, subject: 'leaking', expiresInSeconds: 600 });
    const client = new WebSocket(`${server.httpUrl}/api/v1/market-data/ws?token=${token}`);
    await once(client, 'open');
    const stop = new AbortController();
    const running = runCommand(
      ['monitor', '--url', server.httpUrl, '--config', config, '--output', output, '--fail-on-alert'],
      {
        signalled: new Promise((resolve) => {
          for (const each of [signal, stop.signal]) each.addEventListener('abort', () => resolve('SIGINT'));
        }),
      },
    );
    await untilLines(output, (samples) => samples.at(-1)?.raised.includes('memory-growth') === true, signal);
    await redis[Symbol.asyncDispose]();
    await untilLines(output, (samples) => samples.at(-1)?.raised.includes('circuit-open') === true, signal);
    stop.abort();
    client.terminate();
    const { exitCode, stdout } = await running;
    expect(stdout).toMatch(
      /ALERT memory-growth: growth of the server’s memory \d+ MiB\/min, above 240 MiB\/min/u,
    );
    expect(stdout).toContain('ALERT circuit-open: a circuit breaker is open');
    expect(exitCode).toBe(1);
    const circuits = (await monitorLines(output)).map(({ process: seen }) => seen?.circuit);
    expect(circuits[0]).toBe('closed');
    expect(circuits).toContain('open');
    await rm(directory, { recursive: true });
  },
);

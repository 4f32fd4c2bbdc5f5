import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MonitorSample } from '../../monitor/monitor-sample.ts';
import { defaultTargetRequest, openTarget } from '../../../fixtures/targets/index.ts';
import { tokenFor } from '../../../fixtures/tokens/index.ts';
import {
  startReferenceServerProcess,
  type ReferenceServerProcess,
} from '../../../fixtures/targets/reference-server-process.ts';
import { runCommand, type CommandOptions, type CommandResult } from '../testing/run-command.ts';
import { monitorLines, untilLines } from './testing/monitor-lines.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-monitor-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

/** The command with options that hold no spaces. */
const monitor = (options: string, surroundings?: CommandOptions): Promise<CommandResult> =>
  runCommand(['monitor', ...options.split(' ')], surroundings);

const startHttp = async (answer: RequestListener): Promise<AsyncDisposable & { readonly url: string }> => {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

test('a server that never answers is rows that say so, alerts, and exit code 2, which comes before 1', async () => {
  const { exitCode, stdout } = await monitor(
    '--url http://127.0.0.1:9 --interval 0.1 --count 3 --alert unreachable=0.1 --fail-on-alert',
  );
  expect(stdout.match(/away: ECONNREFUSED/gu)).toHaveLength(3);
  expect(stdout).toContain('ALERT unreachable: the server does not answer for 0.1 s');
  expect(stdout).toContain('3 looks, 0 answered, 3 away');
  expect(exitCode).toBe(2);
});

test('a server that leaves the question without an answer is away, too', async () => {
  await using silent = await startHttp(() => undefined);
  const { stdout, exitCode } = await monitor(`--url ${silent.url} --interval 0.5 --count 1`);
  expect(stdout).toContain('away: no answer in time');
  expect(exitCode).toBe(2);
});

test('a server with neither endpoints nor metrics is not away', async () => {
  await using plain = await startHttp((_request, response) => {
    response.writeHead(404).end('<html>not here</html>');
  });
  const { stdout } = await monitor(`--url ${plain.url} --count 1`);
  expect(stdout).toContain('no monitoring endpoints: HTTP 404');
});

/** Answers the first look, and is unavailable from then on. */
const startFailing = (): ReturnType<typeof startHttp> => {
  let looks = 0;
  return startHttp(({ url = '' }, response) => {
    const isFirst = url.endsWith('/websocket-stats');
    looks += isFirst ? 1 : 0;
    if (isFirst) response.writeHead(looks === 1 ? 404 : 503);
    response.end('{"current_connections":1,"max_concurrent_connections":2,"timestamp":1}');
  });
};

test.skipIf(process.platform !== 'linux')(
  'an alert of a server that had answered is exit code 1, unless a line of the output was lost',
  async () => {
    await using first = await startFailing();
    await using second = await startFailing();
    const alerting = '--interval 0.1 --count 2 --alert unreachable=0 --fail-on-alert';
    const [kept, lost] = await Promise.all([
      monitor(`--url ${first.url} ${alerting}`),
      monitor(`--url ${second.url} ${alerting} --output /dev/full`),
    ]);
    for (const { stdout } of [kept, lost]) expect(stdout).toContain('Alerts raised: unreachable ×1');
    expect([kept.exitCode, lost.exitCode]).toEqual([1, 2]);
    expect(lost.stderr).toContain('--output can not be written (ENOSPC).');
  },
);

test('an answer that does not end is left, and said in the row', async () => {
  const piece = Buffer.alloc(2 ** 20, ' ');
  await using endless = await startHttp((_request, response) => {
    const goOn = (): void => {
      if (!response.destroyed && response.write(piece)) setImmediate(goOn);
    };
    response.on('drain', goOn);
    goOn();
  });
  const { stdout } = await monitor(`--url ${endless.url} --count 1`);
  expect(stdout).toContain('no monitoring endpoints: answer too large');
});

test('secrets are neither printed nor written, nor sent to the webhook', async () => {
  const posted: string[] = [];
  await using hook = await startHttp((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => posted.push(text));
    request.on('end', () => response.end('ok'));
  });
  const token = 'a-token-nobody-may-see';
  const output = join(directory, 'secrets.jsonl');
  const { stdout, stderr } = await monitor(
    `--url http://127.0.0.1:9/?token=${token} --header X-Api-Key:a-key-nobody-may-see --interval 0.1 --count 3 --probe 0.1 --output ${output} --alert unreachable=0`,
    { environment: { PERF_WEBHOOK: `${hook.url}/a-path-nobody-may-see` } },
  );
  const everything = [stdout, stderr, await readFile(output, 'utf8'), ...posted].join('\n');
  expect(everything).not.toContain('nobody-may-see');
  expect(posted.map((text) => JSON.parse(text) as unknown)).toEqual([
    { text: 'ws-perf-gate, http://127.0.0.1:9: ALERT unreachable: the server does not answer' },
  ]);
});

test('a webhook that refuses is said once, and changes no exit code', async () => {
  await using hook = await startHttp((_request, response) => {
    response.writeHead(404).end();
  });
  const { stderr, exitCode } = await monitor(
    `--url http://127.0.0.1:9 --interval 0.1 --count 2 --alert unreachable=0 --webhook ${hook.url}/x`,
  );
  expect(stderr).toBe('ws-perf-gate: An alert could not be delivered to the webhook (HTTP 404).\n');
  expect(exitCode).toBe(2);
});

test('Ctrl-C ends it with a summary and exit code 0', async () => {
  let asked = 0;
  const watched = Promise.withResolvers<NodeJS.Signals>();
  await using server = await startHttp((_request, response) => {
    asked += 1;
    if (asked > 4) watched.resolve('SIGINT');
    response.end('{"current_connections":1,"max_concurrent_connections":2,"timestamp":1}');
  });
  const { exitCode, stdout } = await monitor(`--url ${server.url} --interval 0.2`, {
    signalled: watched.promise,
  });
  expect(stdout).toMatch(/Watched for \d s: \d+ looks, \d+ answered, 0 away/u);
  expect(exitCode).toBe(0);
});

const startServer = (port: string): Promise<ReferenceServerProcess> =>
  startReferenceServerProcess({
    environment: { HOST: '127.0.0.1', PORT: port, JWT_SECRET: 'x'.repeat(32) },
    serverFile: null,
    logFile: join(directory, `server-${port}.log`),
    startTimeoutMs: 15_000,
  });

// Both wait most of their time.
describe.concurrent('the reference server with faults', () => {
  test('its failures and slow handshakes raise alerts, and each look is a line', async () => {
    await using opened = await openTarget({
      ...defaultTargetRequest(join(directory, 'logs')),
      kind: 'process',
      serverEnvironment: {
        FAULT_HANDSHAKE_DELAY_MS: '80',
        FAULT_REJECT_EVERY_NTH_UPGRADE: '2',
      },
    });
    const { target } = opened;
    const output = join(directory, 'faults.jsonl');
    await writeFile(output, '');
    const tokens = join(directory, 'tokens');
    await writeFile(tokens, `${tokenFor(target, 0) ?? ''}\n${tokenFor(target, 1) ?? ''}\n`);
    const { exitCode, stdout } = await monitor(
      `--url ${target.httpUrl} --token-file ${tokens} --interval 0.5 --probe 0.1 --count 6 --output ${output} --fail-on-alert --alert connect-time=0.06:0.4 --alert failure-rate=30:0.4 --alert probe=0.06:0.4`,
    );
    const samples = await monitorLines(output);
    expect(samples).toHaveLength(6);
    expect(samples.every(({ server }) => server === 'up')).toBe(true);
    const raised = new Set(samples.flatMap((sample) => sample.raised));
    expect([...raised].toSorted()).toEqual(['connect-time', 'failure-rate', 'probe']);
    const last = samples.at(-1);
    expect(last?.interval?.failureRatio).toBeGreaterThan(0.3);
    expect(last?.interval?.connectTimeMs?.mean).toBeGreaterThanOrEqual(78);
    expect(last?.process?.memoryBytes).toBeGreaterThan(10 * 2 ** 20);
    expect(last?.probes.some((probe) => probe.outcome === 'failed' && probe.reason === 'overloaded')).toBe(
      true,
    );
    expect(stdout).toMatch(/ALERT failure-rate: failed attempts [\d.]+ %, above 30 % for 0.4 s/u);
    expect(exitCode).toBe(1);
  });

  test('a reset of its counters is told, and so is its restart; between the two it is away', async ({
    signal,
  }) => {
    const output = join(directory, 'restart.jsonl');
    const stop = new AbortController();
    const seen = (isSo: (samples: readonly MonitorSample[]) => boolean): Promise<void> =>
      untilLines(output, isSo, signal);
    await using first = await startServer('0');
    const { port } = new URL(first.httpUrl);
    const running = monitor(`--url ${first.httpUrl} --interval 0.2 --probe 0.05 --output ${output}`, {
      signalled: new Promise((resolve) => {
        for (const each of [signal, stop.signal]) each.addEventListener('abort', () => resolve('SIGINT'));
      }),
    });
    await seen((samples) => (samples.at(-1)?.totals?.attempts ?? 0) >= 20);
    await fetch(`${first.httpUrl}/api/v1/market-data/monitoring/reset-stats`, { method: 'POST' });
    await seen((samples) => samples.some(({ countersReset }) => countersReset));
    process.kill(first.pid, 'SIGKILL');
    await seen((samples) => samples.at(-1)?.server === 'away');
    await using second = await startServer(port);
    expect(new URL(second.httpUrl).port).toBe(port);
    await seen((samples) => samples.some(({ restarted }) => restarted));
    stop.abort();
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('counters reset');
    expect(stdout).toContain('restarted');
    // 20 probes a second at most: nothing that the counters did made a rate of its own.
    for (const { interval } of await monitorLines(output))
      expect(interval?.attemptsPerSecond ?? 0).toBeLessThan(60);
  });
});

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { runCommand } from './cli/testing/run-command.ts';
import { runUntilConclusive } from './cli/testing/run-until-conclusive.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A server that knows nothing of ours: another path, a greeting of its own, no monitoring, no ping message. */
const startForeignServer = async (
  perMessageDeflate = false,
): Promise<AsyncDisposable & { readonly url: string; readonly server: WebSocketServer }> => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/chat', perMessageDeflate });
  server.on('connection', (socket) => {
    socket.send('hello there');
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${String(port)}/chat`,
    server,
    [Symbol.asyncDispose]: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
};

const measured = ['basic', 'load', 'stress', 'capacity'];
const skipped = ['messages', 'fan-out', 'memory', 'monitoring', 'auth', 'overload'];

test('basic, load, stress and capacity measure a foreign server; what needs ours is skipped with the reason', async () => {
  await using foreign = await startForeignServer();
  const capacity = ['--start-capacity', '100', '--max-capacity', '120', '--capacity-step', '20'];
  const { exitCode, stdout } = await runUntilConclusive(() =>
    runCommand(['run', ...measured, ...skipped, '--url', foreign.url, ...capacity], { cwd: root }),
  );
  for (const name of measured) expect(stdout).toContain(`✓ ${name}: `);
  expect(stdout).toContain('Capacity: at least 120 connections, the limit of this test');
  expect(stdout).toContain('does not speak the reference server’s messages');
  expect(stdout).toContain('does not serve the monitoring endpoints');
  expect(stdout).toContain('can not sign tokens for this target');
  expect(stdout).toContain('can not be watched from here');
  expect(stdout).toContain('it sets up a server of its own');
  expect(exitCode, stdout).toBe(0);
}, 600_000);

test('a server that dies during a run ends it with refused and dropped connections, not with a hang', async () => {
  const { exitCode, stdout } = await runUntilConclusive(async () => {
    await using foreign = await startForeignServer();
    let greeted = 0;
    foreign.server.on('connection', (socket) => {
      socket.ping();
      // The answer proves that the client has the greeting before it; the first client is the trial connection.
      socket.on('pong', () => {
        greeted += 1;
        if (greeted !== 5) return;
        foreign.server.close();
        for (const client of foreign.server.clients) client.terminate();
      });
    });
    const load = ['--connections', '40', '--delay', '0.1'];
    return await runCommand(['run', 'basic', '--url', foreign.url, ...load], { cwd: root });
  });
  expect(stdout).toMatch(/refused \d+/u);
  expect(stdout).toMatch(/dropped \d+/u);
  expect(stdout).toContain('Promise broken: success rate > 95.0 %');
  expect(exitCode, stdout).toBe(1);
});

test.for([
  ['with --compression, permessage-deflate is offered and used', ['--compression'], 'permessage-deflate'],
  ['without --compression, nothing is offered to a server that would compress', [], ''],
] as const)('%s', async ([, options, extensions]) => {
  await using foreign = await startForeignServer(true);
  const negotiated: string[] = [];
  foreign.server.on('connection', (socket) => negotiated.push(socket.extensions));
  const load = ['--connections', '3', '--delay', '0.01', '--hold', '0.1'];
  const { exitCode, stdout } = await runCommand(['run', 'basic', '--url', foreign.url, ...load, ...options], {
    cwd: root,
  });
  // The first is the trial connection, which measures nothing.
  expect(negotiated.slice(1), stdout).toEqual([extensions, extensions, extensions]);
  expect([0, 3], stdout).toContain(exitCode);
});

test('round trips of a foreign server are taken with protocol ping frames', async () => {
  await using foreign = await startForeignServer();
  const pings: number[] = [];
  foreign.server.on('connection', (socket) => {
    socket.on('ping', (data) => pings.push(data.length));
    socket.on('message', () => pings.push(Number.NaN));
  });
  const { openTarget } = await import('../fixtures/targets/index.ts');
  const { defaultSettings } = await import('./session/default-settings.ts');
  const { measureLoad } = await import('./session/measure-load.ts');
  const { pingRoundTrips } = await import('./harness/load/profile.ts');
  const { aggregate, sampleCount } = await import('./harness/metrics/samples.ts');
  const { pingsAnswered, roundTripTime } = await import('./harness/metrics/catalogue.ts');
  await using opened = await openTarget({
    ...defaultSettings(root).target,
    kind: 'external',
    url: foreign.url,
  });
  const { metrics } = await measureLoad({
    target: opened.target,
    profile: pingRoundTrips({ connections: 5, everySeconds: 0.1, holdSeconds: 2 }),
    label: 'pings',
    signal: AbortSignal.timeout(60_000),
    onProgress: () => undefined,
  });
  expect(aggregate(metrics, pingsAnswered, 'ratio')).toBe(1);
  const roundTrips = metrics[roundTripTime.name];
  const answered = roundTrips === undefined ? 0 : sampleCount(roundTrips);
  // A ping that is under way when the hold ends stays without an answer: one a connection at most.
  expect(answered).toBeLessThanOrEqual(pings.length);
  expect(answered).toBeGreaterThanOrEqual(pings.length - 5);
  expect(new Set(pings)).toEqual(new Set([4]));
});

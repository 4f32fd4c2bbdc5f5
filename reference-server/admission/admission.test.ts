import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { burnCpu } from '../burn-cpu.ts';
import type { ReferenceServerSettings } from '../settings/settings.ts';
import type { ReferenceServer } from '../start-reference-server.ts';
import { connectClient } from '../testing/market-client.ts';
import { readMetric, readStats } from '../testing/read-stats.ts';
import { signedToken } from '../testing/signed-token.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { until } from '../testing/until.ts';
import { upgradeRequest, type UpgradeAnswer } from '../testing/upgrade-request.ts';

const bytesPerMebibyte = 1_048_576;

const knock = (server: ReferenceServer, subject?: string, headers = {}): Promise<UpgradeAnswer> =>
  upgradeRequest(server.url, {
    headers: { Authorization: `Bearer ${signedToken({ subject: subject ?? 'tester' })}`, ...headers },
  });

/** What a refusal for lack of room looks like, whatever is lacking. */
const expectRefused = async (
  server: ReferenceServer,
  { status, headers, body }: UpgradeAnswer,
  expected: { readonly code: string; readonly reason: string },
): Promise<void> => {
  expect([status, headers['retry-after'], headers['content-type']]).toEqual([
    503,
    '1',
    'application/json; charset=utf-8',
  ]);
  expect(JSON.parse(body)).toEqual({ error: { code: expected.code, message: expect.any(String) } });
  const counted = `websocket_admission_refusals_total{reason="${expected.reason}"}`;
  expect(await readMetric(server.url, counted)).toBeGreaterThan(0);
};

const from = (address: string) => ({ 'X-Forwarded-For': address });

const admissionOf = async (server: ReferenceServer) => {
  const response = await fetch(`${server.url}/health`);
  const body = (await response.json()) as {
    readonly admission: { readonly refusing: string[]; readonly limits: object };
  };
  return { status: response.status, ...body.admission };
};

const untilAccepted = (server: ReferenceServer): Promise<UpgradeAnswer> =>
  until(
    () => knock(server),
    ({ status }) => status === 101,
  );

describe('the limit', () => {
  it('on connections refuses the one too many before looking at its token, until one leaves', async () => {
    await using server = await startTestServer({ maxConnections: 2 });
    using first = await connectClient(server.url);
    using second = await connectClient(server.url);
    const answer = await upgradeRequest(server.url, { headers: { Authorization: 'Bearer no token' } });
    await expectRefused(server, answer, { code: 'too_many_connections', reason: 'connections' });
    expect(await admissionOf(server)).toEqual({
      status: 200,
      refusing: ['connections'],
      limits: { maxConnections: 2 },
    });
    expect(await readMetric(server.url, 'websocket_admission_refusing{reason="connections"}')).toBe(1);
    expect(await readMetric(server.url, 'websocket_admission_limit{limit="maxConnections"}')).toBe(2);
    first.socket.close();
    await untilAccepted(server);
    expect(second.socket.readyState).toBe(second.socket.OPEN);
  });

  it('on handshakes in flight refuses while so many are not answered, and no longer', async () => {
    const faults = { handshakeDelayMs: 300 };
    await using server = await startTestServer({ maxHandshakesInFlight: 2, faults });
    const slow = [knock(server), knock(server)];
    await until(
      () => readMetric(server.url, 'websocket_handshakes_in_flight'),
      (inFlight) => inFlight === 2,
    );
    const expected = { code: 'too_many_handshakes', reason: 'handshakes' };
    await expectRefused(server, await knock(server), expected);
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([101, 101]);
    expect((await knock(server)).status).toBe(101);
  });

  it('on event-loop delay refuses newcomers, serves those who are in, and lets newcomers in when it is calm', async () => {
    await using server = await startTestServer({ maxEventLoopDelayMs: 15 });
    using inside = await connectClient(server.url);
    const busy = setInterval(() => burnCpu(40), 1);
    const refused = await until(
      () => knock(server),
      ({ status }) => status === 503,
    );
    await expectRefused(server, refused, { code: 'server_busy', reason: 'event_loop_delay' });
    inside.send({ type: 'ping', id: 'still here', sentAt: 1 });
    expect((await inside.receive('pong')).id).toBe('still here');
    expect((await admissionOf(server)).refusing).toEqual(['event_loop_delay']);
    clearInterval(busy);
    await untilAccepted(server);
    expect(inside.socket.readyState).toBe(inside.socket.OPEN);
  });

  it('on memory refuses newcomers until memory is given back', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    collectGarbage();
    const maxMemoryBytes = process.memoryUsage.rss() + 100 * bytesPerMebibyte;
    await using server = await startTestServer({ maxMemoryBytes });
    expect((await knock(server)).status).toBe(101);
    const hoard: { bytes?: Buffer } = { bytes: Buffer.alloc(400 * bytesPerMebibyte, 1) };
    expect(hoard.bytes).toHaveLength(400 * bytesPerMebibyte);
    const refused = await until(
      () => knock(server),
      ({ status }) => status === 503,
    );
    await expectRefused(server, refused, { code: 'memory_short', reason: 'memory' });
    delete hoard.bytes;
    await until(
      () => {
        collectGarbage();
        return knock(server);
      },
      ({ status }) => status === 101,
    );
  });

  it('per user refuses that user alone, until one of theirs leaves', async () => {
    await using server = await startTestServer({ maxConnectionsPerUser: 1 });
    using first = await connectClient(server.url);
    const expected = { code: 'too_many_connections_of_user', reason: 'user' };
    await expectRefused(server, await knock(server), expected);
    expect((await knock(server, 'another')).status).toBe(101);
    first.socket.close();
    await untilAccepted(server);
  });

  it('per address refuses that address alone, before looking at its token, until one of its leaves', async () => {
    const settings = { maxConnectionsPerAddress: 1, trustedProxies: ['127.0.0.1'] };
    await using server = await startTestServer(settings);
    using first = await connectClient(server.url, { headers: from('192.0.2.1') });
    const answer = await upgradeRequest(server.url, {
      headers: { Authorization: 'Bearer no token', ...from('192.0.2.1') },
    });
    await expectRefused(server, answer, { code: 'too_many_connections_of_address', reason: 'address' });
    expect((await knock(server, 'tester', from('192.0.2.2'))).status).toBe(101);
    first.socket.close();
    await until(
      () => knock(server, 'tester', from('192.0.2.1')),
      ({ status }) => status === 101,
    );
  });

  it.each<{ readonly what: string; readonly settings: Partial<ReferenceServerSettings> }>([
    { what: 'connections', settings: { maxConnections: 1 } },
    { what: 'a user’s connections', settings: { maxConnectionsPerUser: 1 } },
    { what: 'an address’s connections', settings: { maxConnectionsPerAddress: 1 } },
    { what: 'handshakes', settings: { maxHandshakesInFlight: 1 } },
  ])('on $what is not used up by refused and broken-off handshakes', async ({ settings }) => {
    await using server = await startTestServer(settings);
    for (let count = 0; count < 3; count += 1) {
      expect((await upgradeRequest(server.url)).status).toBe(401);
      const badKey = { 'Sec-WebSocket-Key': 'short' };
      expect((await knock(server, 'tester', badKey)).status).toBe(400);
    }
    await untilAccepted(server);
  });
});

it('what is refused is counted as an attempt that failed', async () => {
  await using server = await startTestServer({ maxConnections: 1 });
  using client = await connectClient(server.url);
  await knock(server);
  expect(client.socket.readyState).toBe(client.socket.OPEN);
  expect(await readStats(server.url)).toMatchObject({ total_connections: 2, failed_connections: 1 });
});

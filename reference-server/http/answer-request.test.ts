import { connect } from 'node:net';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberSettings } from '../settings/number-settings.ts';
import { defaultSettings } from '../settings/settings.ts';
import type { ReferenceServer } from '../start-reference-server.ts';
import { TEST_SECRET } from '../testing/signed-token.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { upgradeRequest } from '../testing/upgrade-request.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startTestServer({
    demoUsers: [{ username: 'ada', password: 'p:w' }],
    tokenLifetimeMs: 60_000,
  });
});
afterAll(() => server.stop());

const postToken = (body: string): Promise<Response> =>
  fetch(`${server.url}/api/v1/auth/token`, { method: 'POST', body });

describe('a request', () => {
  it.each([
    ['GET', '/health', 200],
    ['HEAD', '/health', 200],
    ['POST', '/health', 405],
    ['GET', '/nowhere', 404],
    ['GET', '//health', 404],
    ['GET', '/api/v1/market-data/ws', 426],
    ['DELETE', '/api/v1/market-data/ws', 405],
    ['GET', '/api/v1/auth/token', 405],
    ['GET', '/api/v1/market-data/monitoring/reset-stats', 405],
    ['POST', '/api/v1/market-data/monitoring/websocket-stats', 405],
    ['GET', '/api/v1/market-data/monitoring/active-connections?x=1', 200],
  ])('%s %s is answered with %i and JSON', async (method, path, status) => {
    const response = await fetch(server.url + path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    if (status >= 400) {
      expect(await response.json()).toEqual({
        error: { code: expect.any(String), message: expect.any(String) },
      });
    }
  });

  it('that offers another upgrade is answered as if it did not', async () => {
    const answer = await upgradeRequest(server.url, { path: '/health', headers: { Upgrade: 'h2c' } });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { status: 'ok', store: 'memory' }]);
  });

  it('that is not HTTP is answered with 400 and JSON', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.end('nonsense\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*"code":"request_invalid"/s);
  });

  it('for metrics is answered in the text format of Prometheus', async () => {
    const response = await fetch(`${server.url}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/plain');
    for (const name of [
      'websocket_connections_open',
      'websocket_connection_attempts_total',
      'websocket_handshake_seconds',
      'websocket_messages_received_total',
      'websocket_messages_sent_total',
      'websocket_slow_consumers_conflated_total',
      'websocket_slow_consumers_closed_total',
      'redis_command_seconds',
      'nodejs_eventloop_lag_p99_seconds',
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
    ]) {
      expect(text).toContain(`# TYPE ${name} `);
    }
  });
});

describe('with every limit set', () => {
  const limits = {
    maxConnections: 900,
    maxHandshakesInFlight: 901,
    maxEventLoopDelayMs: 902,
    maxMemoryBytes: 9_030_000_000,
    maxConnectionsPerUser: 904,
    maxConnectionsPerAddress: 905,
    maxMessagesPerSecond: 906,
    maxSubscriptions: 907,
  };
  let limited: ReferenceServer;
  beforeAll(async () => {
    limited = await startTestServer(limits);
  });
  afterAll(() => limited.stop());

  it.each([
    [
      'websocket-stats',
      [
        'total_connections',
        'current_connections',
        'max_concurrent_connections',
        'connection_times',
        'failed_connections',
        'last_connection_time',
        'avg_connection_time',
        'min_connection_time',
        'max_connection_time',
        'success_rate',
        'timestamp',
      ],
    ],
    ['active-connections', ['current_connections', 'max_concurrent_connections', 'timestamp']],
  ])('GET …/monitoring/%s has the fields of the guide, in its order, and no other', async (route, fields) => {
    const answer = await fetch(`${limited.url}/api/v1/market-data/monitoring/${route}`);
    expect(Object.keys((await answer.json()) as object)).toEqual(fields);
  });

  it('/health and /metrics tell every number that the server was set to, by its variable', async () => {
    const given = { ...defaultSettings, quotesPerSecond: 0, drainMs: 0, shutdownGraceMs: 200, ...limits };
    const wanted = Object.entries(numberSettings).map(
      ([name, { variable }]) => [variable, given[name as keyof typeof numberSettings]] as const,
    );
    const health = (await (await fetch(`${limited.url}/health`)).json()) as { readonly settings: object };
    expect(health.settings).toEqual(Object.fromEntries(wanted));
    const metrics = await (await fetch(`${limited.url}/metrics`)).text();
    expect([...metrics.matchAll(/^server_setting\{variable="(\w+)"\} (\S+)$/gm)]).toHaveLength(wanted.length);
    for (const [variable, value] of wanted)
      expect(metrics).toContain(`server_setting{variable="${variable}"} ${value}\n`);
  });

  it('/health and /metrics leave out what limits nothing', async () => {
    const health = (await (await fetch(`${server.url}/health`)).json()) as { readonly settings: object };
    expect(health.settings).toMatchObject({ MAX_MESSAGE_BYTES: 16_384 });
    expect(health.settings).not.toHaveProperty('MAX_CONNECTIONS');
    expect(await (await fetch(`${server.url}/metrics`)).text()).not.toContain('variable="MAX_CONNECTIONS"');
  });
});

describe('the token route', () => {
  it('gives a demo user a token that the server accepts and that expires', async () => {
    const response = await postToken(JSON.stringify({ username: 'ada', password: 'p:w' }));
    const answer = (await response.json()) as { readonly access_token: string };
    expect(response.status).toBe(200);
    expect(answer).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 60 });
    const payload = jwt.verify(answer.access_token, TEST_SECRET, { algorithms: ['HS256'] }) as jwt.JwtPayload;
    expect(payload).toMatchObject({ sub: 'ada', exp: (payload.iat ?? 0) + 60 });
    const headers = { Authorization: `bearer ${answer.access_token}` };
    expect((await upgradeRequest(server.url, { headers })).status).toBe(101);
  });

  it.each([
    ['a wrong password', JSON.stringify({ username: 'ada', password: 'x' }), 401, 'credentials_wrong'],
    ['an unknown user', JSON.stringify({ username: 'bob', password: 'p:w' }), 401, 'credentials_wrong'],
    ['no JSON', '{', 400, 'body_malformed'],
    ['no password', JSON.stringify({ username: 'ada' }), 400, 'body_malformed'],
    ['a number', '7', 400, 'body_malformed'],
    [
      'too large a body',
      JSON.stringify({ username: 'ada', password: 'x'.repeat(5_000) }),
      413,
      'body_too_large',
    ],
  ])('refuses %s', async (_title, body, status, code) => {
    const response = await postToken(body);
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });
});

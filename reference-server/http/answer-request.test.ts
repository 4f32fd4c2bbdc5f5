import { connect } from 'node:net';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

import { connect } from 'node:net';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferenceServer } from '../start-reference-server.ts';
import { connectClient } from '../testing/market-client.ts';
import { readMetric, readStats, resetStats } from '../testing/read-stats.ts';
import { signedToken, TEST_SECRET } from '../testing/signed-token.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { until } from '../testing/until.ts';
import { upgradeRequest } from '../testing/upgrade-request.ts';

const PATH = '/api/v1/market-data/ws';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const tokens: readonly (readonly [kind: string, token: string, expected: string])[] = [
  ['good', signedToken(), 'accepted'],
  ['expired', signedToken({ expiresIn: -10 }), 'token_expired'],
  ['not valid yet', signedToken({ notBefore: 3_600, expiresIn: 7_200 }), 'token_not_yet_valid'],
  ['unsigned', jwt.sign({ sub: 'tester' }, '', { algorithm: 'none' }), 'token_unsigned'],
  ['signed with another secret', signedToken({ secret: 'another' }), 'token_signature_invalid'],
  [
    'signed with HS512 and the right secret',
    signedToken({ algorithm: 'HS512' }),
    'token_algorithm_not_allowed',
  ],
  ['not a token', 'abc', 'token_malformed'],
];

const ways = {
  query: (token: string) => ({ path: `${PATH}?token=${token}` }),
  header: (token: string) => ({ headers: { Authorization: `Bearer ${token}` } }),
  subprotocol: (token: string) => ({ headers: { 'Sec-WebSocket-Protocol': `bearer, ${token}` } }),
} as const;

const matrix = Object.entries(ways).flatMap(([way, place]) =>
  tokens.map(([kind, token, expected]) => ({ way, place, kind, token, expected })),
);

describe('a token', () => {
  it.each(matrix)(
    'that is $kind in the $way is answered with $expected',
    async ({ place, token, expected, way }) => {
      const answer = await upgradeRequest(server.url, place(token));
      if (expected === 'accepted') {
        expect(answer.status).toBe(101);
        expect(answer.headers['sec-websocket-protocol']).toBe(way === 'subprotocol' ? 'bearer' : undefined);
        return;
      }
      expect(answer.status).toBe(401);
      expect(answer.headers).toMatchObject({
        'www-authenticate': expect.stringMatching(/^Bearer/),
        connection: 'close',
        'content-length': String(Buffer.byteLength(answer.body)),
        'content-type': 'application/json; charset=utf-8',
      });
      expect(JSON.parse(answer.body)).toEqual({ error: { code: expected, message: expect.any(String) } });
    },
  );

  it('that is missing is answered with token_missing', async () => {
    const answer = await upgradeRequest(server.url);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
      401,
      { error: { code: 'token_missing' } },
    ]);
  });

  it('signed with a second allowed algorithm is accepted', async () => {
    await using other = await startTestServer({ jwtAlgorithms: ['HS256', 'HS512'] });
    const token = signedToken({ algorithm: 'HS512' });
    expect((await upgradeRequest(other.url, ways.header(token))).status).toBe(101);
  });
});

describe('an upgrade request', () => {
  it.each([
    { title: 'to another path gets 404', options: { path: '/elsewhere' }, status: 404, code: 'not_found' },
    {
      title: 'that is a POST gets 405',
      options: { method: 'POST' },
      status: 405,
      code: 'method_not_allowed',
    },
    {
      title: 'without a key gets 400',
      options: { headers: { Authorization: `Bearer ${signedToken()}`, 'Sec-WebSocket-Key': 'short' } },
      status: 400,
      code: 'handshake_invalid',
    },
  ])('$title', async ({ options, status, code }) => {
    const answer = await upgradeRequest(server.url, options);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([status, { error: { code } }]);
  });

  it('that is broken off leaves the server running and counts as failed', async () => {
    await using slow = await startTestServer({ faults: { handshakeDelayMs: 60_000 } });
    const socket = connect(Number(new URL(slow.url).port), '127.0.0.1');
    socket.write(
      `GET ${PATH}?token=${signedToken()} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await until(
      () => readStats(slow.url),
      (stats) => stats.total_connections === 1,
    );
    socket.resetAndDestroy();
    const stats = await until(
      () => readStats(slow.url),
      ({ failed_connections }) => failed_connections === 1,
    );
    expect(stats).toMatchObject({ total_connections: 1, current_connections: 0, success_rate: 0 });
  });

  it('beyond the largest number of connections gets 503 with Retry-After, until one leaves', async () => {
    await using small = await startTestServer({ maxConnections: 1 });
    using first = await connectClient(small.url);
    const answer = await upgradeRequest(small.url, ways.query(signedToken()));
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'too_many_connections' } });
    first.socket.close();
    await until(
      () => readMetric(small.url, 'websocket_connections_open'),
      (open) => open === 0,
    );
    using second = await connectClient(small.url);
    expect(second.socket.readyState).toBe(second.socket.OPEN);
  });

  it('counts as an attempt exactly when it reached the endpoint, and as failed when it was refused', async () => {
    await resetStats(server.url);
    using client = await connectClient(server.url);
    await upgradeRequest(server.url, ways.query('bad'));
    await upgradeRequest(server.url, { path: '/elsewhere' });
    await upgradeRequest(server.url, ways.query(jwt.sign({}, TEST_SECRET, { expiresIn: -1 })));
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    const stats = await until(
      () => readStats(server.url),
      (read) => read.current_connections === 1,
    );
    expect(stats).toMatchObject({ total_connections: 3, failed_connections: 2, success_rate: 100 / 3 });
  });
});

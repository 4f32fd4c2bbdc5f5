import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferenceServer } from '../start-reference-server.ts';
import { connectClient } from '../testing/market-client.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const monitoring = '/api/v1/market-data/monitoring';
const key = 'a key for those who watch';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startTestServer({ monitoringKey: key });
});
afterAll(() => server.stop());

describe('with a monitoring key', () => {
  it.each([
    ['GET', '/metrics'],
    ['GET', `${monitoring}/websocket-stats`],
    ['GET', `${monitoring}/active-connections`],
    ['POST', `${monitoring}/reset-stats`],
  ])('%s %s wants it', async (method, path) => {
    const ask = (headers: Readonly<Record<string, string>>) => fetch(server.url + path, { method, headers });
    const refused = [ask({}), ask({ 'X-Monitoring-Key': 'wrong' }), ask({ Authorization: `Bearer ${key}x` })];
    for (const response of await Promise.all(refused)) {
      expect([
        response.status,
        response.headers.get('www-authenticate'),
        await response.json(),
      ]).toMatchObject([401, 'Bearer', { error: { code: 'monitoring_key_wrong' } }]);
    }
    const accepted = [ask({ 'X-Monitoring-Key': key }), ask({ Authorization: `bearer ${key}` })];
    for (const response of await Promise.all(accepted)) expect(response.status).toBe(200);
  });

  it('/health tells a stranger no more than whether the server is well', async () => {
    const stranger = await fetch(`${server.url}/health`);
    expect([stranger.status, await stranger.json()]).toEqual([200, { status: 'ok' }]);
    const known = await fetch(`${server.url}/health`, { headers: { 'X-Monitoring-Key': key } });
    expect(await known.json()).toMatchObject({ store: 'memory', admission: { refusing: [] }, settings: {} });
  });

  it('/health tells a stranger no more while the server drains', async () => {
    const leaving = await startTestServer({ monitoringKey: key, shutdownGraceMs: 60_000 });
    using client = await connectClient(leaving.url);
    client.socket.pause();
    const stopped = leaving.stop();
    const ask = async (headers: Readonly<Record<string, string>>) => {
      const answer = await fetch(`${leaving.url}/health`, { headers });
      return [answer.status, await answer.json()];
    };
    expect(await ask({})).toEqual([503, { status: 'unavailable' }]);
    expect(await ask({ 'X-Monitoring-Key': key })).toMatchObject([503, { reason: 'draining' }]);
    client.socket.terminate();
    await stopped;
  });
});

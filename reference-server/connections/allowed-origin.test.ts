import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferenceServer } from '../start-reference-server.ts';
import { readMetric } from '../testing/read-stats.ts';
import { signedToken } from '../testing/signed-token.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { upgradeRequest } from '../testing/upgrade-request.ts';
import { parseOrigin } from './allowed-origin.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startTestServer({ allowedOrigins: ['https://app.example', 'http://localhost:3000'] });
});
afterAll(() => server.stop());

const knockFrom = (url: string, origin: string | undefined) =>
  upgradeRequest(url, {
    headers: {
      Authorization: `Bearer ${signedToken()}`,
      ...(origin === undefined ? {} : { Origin: origin }),
    },
  });

describe('with a list of origins', () => {
  it.each([
    ['a page of a listed one', 'https://app.example', 101],
    ['a page of a listed one in capitals', 'HTTPS://APP.EXAMPLE', 101],
    ['a page of a listed one with a port', 'http://localhost:3000', 101],
    ['a program, which sends none,', undefined, 101],
    ['a page of another scheme', 'http://app.example', 403],
    ['a page of another port', 'https://app.example:8443', 403],
    ['a page of a subdomain', 'https://evil.app.example', 403],
    ['a page of a domain that starts alike', 'https://app.example.evil.test', 403],
    ['a page without an origin of its own', 'null', 403],
  ])('%s gets its answer', async (_title, origin, status) => {
    const answer = await knockFrom(server.url, origin);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body).toContain('"code":"origin_not_allowed"');
  });

  it('what is refused is counted', async () => {
    const name = 'websocket_connection_attempts_total{outcome="forbidden"}';
    const before = await readMetric(server.url, name);
    await knockFrom(server.url, 'https://evil.test');
    expect(await readMetric(server.url, name)).toBe(before + 1);
  });
});

it('without a list every page may connect', async () => {
  await using open = await startTestServer();
  expect((await knockFrom(open.url, 'https://evil.test')).status).toBe(101);
});

it.each([
  ['https://app.example', 'https://app.example'],
  ['HTTPS://App.Example:443', 'https://app.example'],
  ['https://app.example/', undefined],
  ['https://app.example/path', undefined],
  ['https://user@app.example', undefined],
  ['app.example', undefined],
  ['ftp://app.example', undefined],
  ['null', undefined],
])('"%s" is read as the origin %s', (text, origin) => {
  expect(parseOrigin(text)).toBe(origin);
});

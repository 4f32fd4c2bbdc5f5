import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReferenceServer } from '../start-reference-server.ts';
import { signedToken } from '../testing/signed-token.ts';
import { startTestServer } from '../testing/start-test-server.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startTestServer({ maxHeaderBytes: 2_048 });
});
afterAll(() => server.stop());

const answerTo = async (request: string): Promise<string> => {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(request);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
};

const upgrade = (path: string, headers = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
  `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;

it.each([
  ['too large a header', upgrade('/', `X-Large: ${'x'.repeat(3_000)}\r\n`), 431, 'headers_too_large'],
  ['too many headers', upgrade('/', 'X-Many: x\r\n'.repeat(300)), 431, 'headers_too_large'],
  ['too long an address', upgrade(`/?token=${'x'.repeat(3_000)}`), 431, 'headers_too_large'],
  ['no HTTP', 'nonsense\r\n\r\n', 400, 'request_invalid'],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
    'request_invalid',
  ],
  [
    'a length and chunks',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
    'request_invalid',
  ],
])(
  'a request with %s is answered with JSON and the connection ends',
  async (_title, request, status, code) => {
    const answer = await answerTo(request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*"code":"${code}"`, 's'));
    expect(answer).toContain('Connection: close');
  },
);

it('headers just below the limit are read', async () => {
  const token = signedToken();
  const path = `/api/v1/market-data/ws?token=${token}`;
  const socket = connect(server.port, '127.0.0.1');
  socket.write(upgrade(path, `X-Large: ${'x'.repeat(1_000)}\r\n`));
  const [answer] = await socket.take(1).toArray();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /);
  socket.destroy();
});

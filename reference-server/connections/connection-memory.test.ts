import { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { queryObjects } from 'node:v8';
import { expect, it } from 'vitest';
import { paths } from '../http/routes.ts';
import { readMetric } from '../testing/read-stats.ts';
import { signedToken } from '../testing/signed-token.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { until } from '../testing/until.ts';

const count = 50;

const open = (port: number): Socket => {
  const socket = connect(port, '127.0.0.1').resume();
  socket.write(
    `GET ${paths.webSocket}?token=${signedToken()} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  return socket;
};

it('an open connection keeps nothing of its handshake, the token neither', async () => {
  await using server = await startTestServer();
  const sockets = Array.from({ length: count }, () => open(server.port));
  await until(
    () => readMetric(server.url, 'websocket_connections_open'),
    (opened) => opened === count,
  );
  // Collects garbage first. Those of the requests for the metric are not of interest.
  expect(queryObjects(IncomingMessage, { format: 'count' })).toBeLessThan(count / 2);
  for (const socket of sockets) socket.destroy();
});

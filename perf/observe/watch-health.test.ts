import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { watchHealth } from './watch-health.ts';

/** What is found while a server answers at least this many questions so. */
const findingsOf = async (answer: RequestListener, questions: number) => {
  let asked = 0;
  const enough = Promise.withResolvers<undefined>();
  const server = createServer((request, response) => {
    expect(request.url).toBe('/health');
    asked += 1;
    if (asked === questions) enough.resolve(undefined);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const watch = watchHealth(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  await enough.promise;
  const findings = await watch.stop();
  server.closeAllConnections();
  server.close();
  return findings;
};

test('a server that answers 200 is never down', async () => {
  const { asked, downs } = await findingsOf((_request, response) => response.end('{}'), 3);
  expect(asked).toBeGreaterThanOrEqual(3);
  expect(downs).toEqual([]);
});

test('each question comes on a connection of its own', async () => {
  const sockets = new Set<object>();
  const { asked } = await findingsOf((request, response) => {
    sockets.add(request.socket);
    response.end('{}');
  }, 3);
  expect(sockets.size).toBe(asked);
});

test('each other answer, and each that does not come in time, is one time down', async () => {
  const refusing = await findingsOf((_request, response) => response.writeHead(503).end('draining'), 2);
  expect(refusing.downs).toHaveLength(refusing.asked);
  expect(refusing.downs[0]).toBe('GET /health answered 503: draining');
  const silent = await findingsOf(() => undefined, 2);
  expect(silent.downs).toHaveLength(silent.asked);
  expect(silent.downs[0]).toBe('GET /health was not answered within 2000 ms');
});

test('a server that is gone is down', async () => {
  const watch = watchHealth('http://127.0.0.1:9');
  const { asked, downs } = await watch.stop();
  expect([asked, downs.length]).toEqual([1, 1]);
  expect(downs[0]).toContain('ECONNREFUSED');
});

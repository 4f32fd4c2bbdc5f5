import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MonitoringClient } from './monitoring-client.ts';

const base = 'http://monitored.example/api/v1/market-data/monitoring';
const server = setupServer();
beforeAll(() => {
  server.listen();
});
afterEach(() => {
  server.resetHandlers();
});
afterAll(() => {
  server.close();
});
const client = new MonitoringClient('http://monitored.example');

test('statistics come as the server gives them', async () => {
  const statistics = {
    total_connections: 150,
    current_connections: 2,
    failed_connections: 3,
    success_rate: 98,
  };
  server.use(http.get(`${base}/websocket-stats`, () => HttpResponse.json(statistics)));
  expect(await client.statistics()).toEqual(statistics);
});

test.for([
  ['503', () => new HttpResponse(null, { status: 503 }), /answered HTTP 503/u],
  ['no JSON', () => new HttpResponse('<html>'), /not with the fields of the guide/u],
  ['JSON of another shape', () => HttpResponse.json([]), /not with the fields of the guide/u],
  ['no answer', () => HttpResponse.error(), /no usable answer/u],
] as const)('%s is a MonitoringError that says so', async ([, answer, message]) => {
  server.use(http.get(`${base}/websocket-stats`, answer), http.get(`${base}/active-connections`, answer));
  await expect(client.statistics()).rejects.toThrow(message);
  await expect(client.activeConnections()).rejects.toMatchObject({ name: 'MonitoringError' });
});

test('a reset needs no answer but its status', async () => {
  server.use(http.post(`${base}/reset-stats`, () => new HttpResponse(null, { status: 204 })));
  await expect(client.resetStatistics()).resolves.toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import { connectClient } from '../testing/market-client.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const clientsOf = (url: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => connectClient(url)));

describe('a server that stops', () => {
  it('tells each client when to come back, then closes it with 1012', async () => {
    const server = await startTestServer({ drainMs: 100, reconnectSpreadMs: 400 });
    const clients = await clientsOf(server.url, 20);
    await server.stop();
    expect(new Set(await Promise.all(clients.map(({ closed }) => closed)))).toEqual(new Set([1012]));
    const hints = clients.map((client) => client.ofType('reconnect').map(({ afterMs }) => afterMs));
    expect(hints.map(({ length }) => length)).toEqual(clients.map(() => 1));
    const times = hints.flat();
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...times)).toBeLessThan(400);
    // Spread, not alike.
    expect(new Set(times).size).toBeGreaterThan(15);
    expect(clients.map(({ messages }) => messages.at(-1)?.type)).toEqual(clients.map(() => 'reconnect'));
  });

  it('serves those whose turn has not come', async () => {
    const server = await startTestServer({ drainMs: 1_500 });
    const [first, last] = [await connectClient(server.url), await connectClient(server.url)];
    const stopped = server.stop();
    expect(await first.closed).toBe(1012);
    last.send({ type: 'ping', id: 1, sentAt: 0 });
    await last.receive('pong');
    expect(await last.closed).toBe(1012);
    await stopped;
  });

  it('is done as soon as the last client has left by itself', async () => {
    const server = await startTestServer({ drainMs: 3_600_000 });
    const clients = await clientsOf(server.url, 3);
    const stopped = server.stop();
    for (const { socket } of clients) socket.close();
    await stopped;
    expect(await Promise.all(clients.slice(1).map(({ closed }) => closed))).toEqual([1005, 1005]);
  });
});

import { describe, expect, it } from 'vitest';
import { connectClient } from '../testing/market-client.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const ping = { type: 'ping', id: 1, sentAt: 1 };

describe('a client that sends more messages than allowed', () => {
  it('is told so, message by message, and closed with 1008 after five in a row', async () => {
    await using server = await startTestServer({ maxMessagesPerSecond: 3 });
    using client = await connectClient(server.url);
    for (let count = 0; count < 8; count += 1) client.send(ping);
    expect(await client.closed).toBe(1008);
    expect(client.ofType('pong')).toHaveLength(3);
    expect(client.ofType('error').map(({ code }) => code)).toEqual(
      Array.from({ length: 5 }, () => 'too_many_messages'),
    );
  });

  it('as pings of the protocol is closed with 1008 too', async () => {
    await using server = await startTestServer({ maxMessagesPerSecond: 3 });
    using client = await connectClient(server.url);
    for (let count = 0; count < 8; count += 1) client.socket.ping();
    expect(await client.closed).toBe(1008);
  });

  it('leaves the others alone', async () => {
    await using server = await startTestServer({ maxMessagesPerSecond: 3 });
    using calm = await connectClient(server.url);
    using hasty = await connectClient(server.url);
    for (let count = 0; count < 8; count += 1) hasty.send(ping);
    await hasty.closed;
    calm.send(ping);
    expect(await calm.receive('pong')).toMatchObject({ id: 1 });
  });
});

describe('a client that subscribes to more symbols than allowed', () => {
  it('is refused what is too much, keeps what it had, and may have others after unsubscribing', async () => {
    await using server = await startTestServer({ maxSubscriptions: 2 });
    using client = await connectClient(server.url);
    client.send({ type: 'subscribe', symbols: ['AAPL', 'MSFT'] });
    client.send({ type: 'subscribe', symbols: ['AAPL'] });
    client.send({ type: 'subscribe', symbols: ['GOOG'] });
    expect((await client.receive('error')).code).toBe('too_many_subscriptions');
    client.send({ type: 'unsubscribe', symbols: ['AAPL'] });
    client.send({ type: 'subscribe', symbols: ['GOOG'] });
    expect(await client.receive('subscribed', 3)).toMatchObject({ symbols: ['GOOG'] });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferenceServer } from '../start-reference-server.ts';
import { connectClient } from '../testing/market-client.ts';
import { readMetric } from '../testing/read-stats.ts';
import { startTestServer } from '../testing/start-test-server.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startTestServer({
    symbols: ['AAPL', 'MSFT', 'TSLA'],
    quotesPerSecond: 300,
    maxMessageBytes: 200,
  });
});
afterAll(() => server.stop());

describe('a client', () => {
  it('is welcomed, then given a snapshot, then quotes', async () => {
    using client = await connectClient(server.url);
    await client.receive('quote');
    expect(client.messages.slice(0, 3)).toMatchObject([
      { type: 'welcome', connectionId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { type: 'snapshot', quotes: expect.any(Array) },
      { type: 'quote' },
    ]);
    expect(client.messages[2]).toEqual({
      type: 'quote',
      symbol: expect.stringMatching(/^(AAPL|MSFT|TSLA)$/),
      price: expect.any(Number),
      sequence: expect.any(Number),
      publishedAt: expect.any(Number),
      epoch: expect.any(Number),
    });
  });

  it('is sent quotes of the size that was asked for', async () => {
    await using padding = await startTestServer({
      symbols: ['AAPL'],
      quotesPerSecond: 100,
      quoteBytes: 1_000,
    });
    using client = await connectClient(padding.url);
    const sizes: number[] = [];
    client.socket.on('message', (data: Buffer) => sizes.push(data.length));
    const quotes = client.ofType('quote').length;
    await client.receive('quote', quotes + 3);
    expect(sizes.slice(-3)).toEqual([1_000, 1_000, 1_000]);
  });

  it('gets its ping back, and the protocol-level one too', async () => {
    using client = await connectClient(server.url);
    client.send({ type: 'ping', id: 'a', sentAt: 12.5 });
    expect(await client.receive('pong')).toMatchObject({ id: 'a', sentAt: 12.5 });
    const pong = new Promise<Buffer>((resolve) => {
      client.socket.once('pong', resolve);
    });
    client.socket.ping('hello');
    expect(String(await pong)).toBe('hello');
  });

  it('receives only what it subscribes to, and more when it subscribes to more', async () => {
    using client = await connectClient(server.url);
    client.send({ type: 'subscribe', symbols: ['AAPL', 'AAPL'] });
    expect(await client.receive('subscribed')).toEqual({ type: 'subscribed', symbols: ['AAPL'] });
    const narrowedAt = client.messages.length;
    await client.receive('quote', client.ofType('quote').length + 5);
    expect(
      new Set(client.messages.slice(narrowedAt).map((message) => 'symbol' in message && message.symbol)),
    ).toEqual(new Set(['AAPL']));
    client.send({ type: 'subscribe', symbols: ['TSLA'] });
    await client.receive('subscribed', 2);
    const extendedAt = client.messages.length;
    await client.receive('quote', client.ofType('quote').length + 6);
    expect(
      new Set(client.messages.slice(extendedAt).map((message) => 'symbol' in message && message.symbol)),
    ).toEqual(new Set(['AAPL', 'TSLA']));
  });

  it('no longer receives what it unsubscribes from', async () => {
    using client = await connectClient(server.url);
    client.send({ type: 'unsubscribe', symbols: ['MSFT'] });
    expect(await client.receive('unsubscribed')).toEqual({ type: 'unsubscribed', symbols: ['MSFT'] });
    const narrowedAt = client.messages.length;
    await client.receive('quote', client.ofType('quote').length + 6);
    expect(
      new Set(client.messages.slice(narrowedAt).map((message) => 'symbol' in message && message.symbol)),
    ).toEqual(new Set(['AAPL', 'TSLA']));
  });
});

const ofSize = (bytes: number): string =>
  JSON.stringify({ type: 'ping', id: 'x', sentAt: 1 }).padEnd(bytes, ' ');

describe('a bad message', () => {
  it.each([
    ['of an unknown type', '{"type":"order"}', 'unknown_type'],
    ['without a type', '{}', 'unknown_type'],
    ['that is a list', '[1]', 'invalid_message'],
    ['that is null', 'null', 'invalid_message'],
    ['that is a ping without id', '{"type":"ping","sentAt":1}', 'invalid_message'],
    ['that is a ping without sentAt', '{"type":"ping","id":1}', 'invalid_message'],
    ['that subscribes to nothing', '{"type":"subscribe","symbols":[]}', 'invalid_message'],
    ['that subscribes to a number', '{"type":"subscribe","symbols":[1]}', 'invalid_message'],
    [
      'that subscribes to an unknown symbol',
      '{"type":"subscribe","symbols":["AAPL","NO"]}',
      'unknown_symbol',
    ],
    ['that is binary', Buffer.from('{"type":"ping","id":1,"sentAt":1}'), 'binary'],
  ])('%s gets an error and the connection stays', async (_title, data, code) => {
    using client = await connectClient(server.url);
    client.socket.send(data);
    expect(await client.receive('error')).toEqual({ type: 'error', code, message: expect.any(String) });
    client.send({ type: 'ping', id: 1, sentAt: 1 });
    await client.receive('pong');
  });

  it('that is not JSON gets an error and close code 1007', async () => {
    using client = await connectClient(server.url);
    client.socket.send('hello');
    expect(await client.closed).toBe(1007);
    expect(client.ofType('error')).toMatchObject([{ code: 'not_json' }]);
  });

  it('is understood at the size limit and gets an error and close code 1009 beyond it', async () => {
    using client = await connectClient(server.url);
    client.socket.send(ofSize(200));
    await client.receive('pong');
    client.socket.send(ofSize(201));
    expect(await client.closed).toBe(1009);
    expect(client.ofType('error')).toMatchObject([{ code: 'too_large' }]);
  });

  it('that is far too large gets close code 1009 unread', async () => {
    using client = await connectClient(server.url);
    client.socket.send('x'.repeat(1_000_000));
    expect(await client.closed).toBe(1009);
    expect(client.ofType('error')).toEqual([]);
  });

  it('repeated 5 times in a row gets close code 1008', async () => {
    using client = await connectClient(server.url);
    for (let sent = 0; sent < 4; sent += 1) client.send({ type: 'order' });
    client.send({ type: 'ping', id: 1, sentAt: 1 });
    for (let sent = 0; sent < 4; sent += 1) client.send({ type: 'order' });
    client.send({ type: 'ping', id: 2, sentAt: 1 });
    await client.receive('pong', 2);
    for (let sent = 0; sent < 5; sent += 1) client.send({ type: 'order' });
    expect(await client.closed).toBe(1008);
    expect(client.ofType('error')).toHaveLength(13);
  });
});

it('messages are counted by type', async () => {
  const received = await readMetric(server.url, 'websocket_messages_received_total{type="ping"}');
  const sent = await readMetric(server.url, 'websocket_messages_sent_total{type="pong"}');
  using client = await connectClient(server.url);
  client.send({ type: 'ping', id: 1, sentAt: 1 });
  await client.receive('pong');
  expect(await readMetric(server.url, 'websocket_messages_received_total{type="ping"}')).toBe(received + 1);
  expect(await readMetric(server.url, 'websocket_messages_sent_total{type="pong"}')).toBe(sent + 1);
});

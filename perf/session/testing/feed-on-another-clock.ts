import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const quoteEveryMs = 20;

/** A market feed whose machine's clock is `aheadMs` ahead: in what it publishes and, where it has one, in its monitoring. */
export const startFeedOnAnotherClock = async (options: {
  readonly aheadMs: number;
  readonly tellsTime: boolean;
}): Promise<AsyncDisposable & { readonly httpUrl: string }> => {
  const now = (): number => Date.now() + options.aheadMs;
  const http = createServer((_request, response) => {
    response.statusCode = options.tellsTime ? 200 : 404;
    response.end(
      JSON.stringify({ current_connections: 0, max_concurrent_connections: 0, timestamp: now() / 1_000 }),
    );
  });
  const feed = new WebSocketServer({ server: http });
  feed.on('connection', (socket) => {
    socket.send('{"type":"welcome"}');
    socket.send('{"type":"snapshot","quotes":[]}');
  });
  let sequence = 0;
  const publishing = setInterval(() => {
    sequence += 1;
    const quote = { type: 'quote', symbol: 'A', price: 1, sequence, publishedAt: now(), epoch: 1 };
    for (const client of feed.clients) client.send(JSON.stringify(quote));
  }, quoteEveryMs);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    httpUrl: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`,
    [Symbol.asyncDispose]: async () => {
      clearInterval(publishing);
      for (const client of feed.clients) client.terminate();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
};

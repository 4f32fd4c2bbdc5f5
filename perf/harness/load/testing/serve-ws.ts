import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';

/** A WebSocket server of the `ws` package, in the test's own process. */
export interface WsTestServer extends AsyncDisposable {
  readonly url: string;
  readonly server: WebSocketServer;
}

/** Serves on a free port; `onOpen` is given each connection with its number, from 0. `refuse` answers 503 where true. */
export const serveWs = async (
  onOpen: (socket: WebSocket, number: number) => void = () => undefined,
  refuse: (request: IncomingMessage) => boolean = () => false,
): Promise<WsTestServer> => {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient: ({ req }, answer) => {
      if (refuse(req)) answer(false, 503, 'overloaded');
      else answer(true);
    },
  });
  let opened = 0;
  server.on('connection', (socket) => {
    onOpen(socket, opened);
    opened += 1;
  });
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `ws://127.0.0.1:${String(port)}`,
    server,
    [Symbol.asyncDispose]: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
};

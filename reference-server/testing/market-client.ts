import { WebSocket, type ClientOptions } from 'ws';
import type { Quote } from '../quotes/quote.ts';
import { signedToken } from './signed-token.ts';
import { until } from './until.ts';

/** Any message of the server, as parsed. */
export type ServerMessage =
  | { readonly type: 'welcome'; readonly connectionId: string }
  | { readonly type: 'snapshot'; readonly quotes: readonly Quote[] }
  | ({ readonly type: 'quote' } & Quote)
  | { readonly type: 'pong'; readonly id: string | number; readonly sentAt: number }
  | { readonly type: 'subscribed' | 'unsubscribed'; readonly symbols: readonly string[] }
  | { readonly type: 'reconnect'; readonly afterMs: number }
  | { readonly type: 'error'; readonly code: string; readonly message: string };

type MessageOf<Type extends ServerMessage['type']> = Extract<ServerMessage, { readonly type: Type }>;

/** A client that remembers everything it received. */
export interface MarketClient extends Disposable {
  readonly socket: WebSocket;
  readonly messages: readonly ServerMessage[];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  send(message: object): void;
  ofType<Type extends ServerMessage['type']>(type: Type): readonly MessageOf<Type>[];
  /** Waits for the `count`-th message of a type (from the start of the connection) and gives it. */
  receive<Type extends ServerMessage['type']>(type: Type, count?: number): Promise<MessageOf<Type>>;
}

/** The WebSocket address of a server. */
export const webSocketUrl = (url: string): string => `${url.replace('http', 'ws')}/api/v1/market-data/ws`;

/** Opens a connection with a good token; rejects when it is refused. */
export const connectClient = async (url: string, options: ClientOptions = {}): Promise<MarketClient> => {
  const socket = new WebSocket(`${webSocketUrl(url)}?token=${signedToken()}`, options);
  const messages: ServerMessage[] = [];
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  // The greeting may arrive together with the 101, so the listener is there before the connection is open.
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as ServerMessage));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  const ofType = <Type extends ServerMessage['type']>(type: Type) =>
    messages.filter((message): message is MessageOf<Type> => message.type === type);
  return {
    socket,
    messages,
    closed,
    ofType,
    send: (message) => socket.send(JSON.stringify(message)),
    receive: async (type, count = 1) => {
      const found = await until(
        () => ofType(type)[count - 1],
        (message) => message !== undefined,
      );
      if (found === undefined) throw new Error('unreachable');
      return found;
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
};

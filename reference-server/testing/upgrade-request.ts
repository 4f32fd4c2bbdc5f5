import { request, type IncomingHttpHeaders } from 'node:http';
import { webSocketUrl } from './market-client.ts';

/** What a server answered to an upgrade request. */
export interface UpgradeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Empty after a 101. */
  readonly body: string;
}

/** Sends an upgrade request made by hand and gives the raw answer. */
export const upgradeRequest = (
  url: string,
  options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<UpgradeAnswer> =>
  new Promise((resolve, reject) => {
    const target = new URL(webSocketUrl(url).replace('ws', 'http'));
    const outgoing = request({
      host: target.hostname,
      port: target.port,
      method: options.method ?? 'GET',
      path: options.path ?? target.pathname,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...options.headers,
      },
    });
    outgoing.on('upgrade', ({ headers }, socket) => {
      socket.destroy();
      resolve({ status: 101, headers, body: '' });
    });
    outgoing.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end();
  });

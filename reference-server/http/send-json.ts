import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** A JSON answer to an HTTP request. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to a request that is refused, with a code for programs and a message for people. */
export const errorAnswer = (
  status: number,
  error: { readonly code: string; readonly message: string },
  headers: Readonly<Record<string, string>> = {},
): JsonAnswer => ({ status, body: { error: { code: error.code, message: error.message } }, headers });

const headersOf = (answer: JsonAnswer, body: string): Record<string, string> => ({
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': String(Buffer.byteLength(body)),
  'Cache-Control': 'no-store',
  ...answer.headers,
});

/** Answers an ordinary request with JSON. */
export const sendJson = (response: ServerResponse, answer: JsonAnswer): void => {
  const body = JSON.stringify(answer.body);
  response.writeHead(answer.status, headersOf(answer, body));
  response.end(response.req.method === 'HEAD' ? undefined : body);
};

/** Answers on a bare socket, which is all there is before an upgrade, and ends the connection. */
export const sendJsonAndEnd = (socket: Duplex, answer: JsonAnswer): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(answer.body);
  const headers = { ...headersOf(answer, body), Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.once('finish', () => socket.destroy());
  socket.end(
    [`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Unknown'}`, ...lines, '', body].join(
      '\r\n',
    ),
  );
};

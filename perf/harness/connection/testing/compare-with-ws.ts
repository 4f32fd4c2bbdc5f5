import { createHash } from 'node:crypto';
import { WebSocket } from 'ws';
import {
  array,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
  sample,
  shuffledSubarray,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { startClock } from '../clock.ts';
import { openConnection } from '../open-connection.ts';
import { dialSettings, dialTo, listening } from './dial-to.ts';
import { onRequest, startRawServer } from './raw-server.ts';

/** One answer of a server, and what was offered to it. */
export interface HandshakeCase {
  readonly subprotocols: readonly string[];
  /** `{accept}` stands for the right answer to the key. */
  readonly text: string;
  /** Bytes changed (exclusive or), counted from the start, after the accept value was put in. */
  readonly mutations: readonly (readonly [at: number, change: number])[];
}

/** What each client made of one answer. */
export interface Comparison {
  readonly given: HandshakeCase;
  readonly isOpenedByUs: boolean;
  readonly isOpenedByWs: boolean;
  /** Why we refused it. */
  readonly detail: string | null;
}

const usually = (text: string, ...variants: string[]): Arbitrary<string> =>
  oneof({ weight: 12, arbitrary: constantFrom(text) }, { weight: 1, arbitrary: constantFrom(...variants) });

const statusLine = usually(
  'HTTP/1.1 101 Switching Protocols',
  'HTTP/1.0 101 Switching Protocols',
  'HTTP/1.1 101',
  'HTTP/1.1 101 ',
  'HTTP/1.1 200 OK',
  'HTTP/1.1 302 Found',
  'HTTP/1.1 1010 Odd',
  'HTTP/2 101 Odd',
  'HTTP/1.1  101 Odd',
  'ICY 101 Odd',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols',
);
const upgrade = usually(
  'Upgrade: websocket',
  'upgrade:websocket',
  'UPGRADE: WebSocket \t',
  'Upgrade: websocket, h2c',
  'Upgrade: h2c',
  'Upgrade : websocket',
  'Upgrade: websocket\r\nUpgrade: websocket',
  'X-No: upgrade',
);
const connection = usually(
  'Connection: Upgrade',
  'connection: keep-alive, upgrade',
  'Connection: upgrade, close',
  'Connection: keep-alive\r\nConnection: Upgrade',
  'Connection: close',
  'Connection: upgraded',
  'X-No: connection',
);
const accept = usually(
  'Sec-WebSocket-Accept: {accept}',
  'sec-websocket-accept:{accept}',
  'Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Accept: {accept}',
  'Sec-WebSocket-Accept: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Accept:',
  'Sec-WebSocket-Accept: {accept}\r\n folded',
  'X-No: accept',
);
const other = constantFrom(
  'Sec-WebSocket-Protocol: a',
  'Sec-WebSocket-Protocol: b',
  'Sec-WebSocket-Protocol: A',
  'Sec-WebSocket-Protocol: a, b',
  'Sec-WebSocket-Protocol:',
  'Sec-WebSocket-Extensions: permessage-deflate',
  'Content-Length: 0',
  'Content-Length: 5',
  'Transfer-Encoding: chunked',
  'Set-Cookie: a=b',
  'Date: today',
  'X: \u00e9',
  'no colon',
  ': no name',
  ' folded',
  `X-Long: ${'x'.repeat(20_000)}`,
);
const lineEnd = usually('\r\n', '\n', '\r', '');
const tail = usually('', '\u0081\u0002hi', '\u0088\u0000', 'HTTP/1.1 101 Again\r\n\r\n');

const handshakeCase: Arbitrary<HandshakeCase> = record({
  subprotocols: usually('', 'a', 'a b').map((list) => (list === '' ? [] : list.split(' '))),
  text: tuple(
    statusLine,
    tuple(upgrade, connection, accept).chain((lines) =>
      oneof(
        { weight: 9, arbitrary: shuffledSubarray(lines, { minLength: 3 }) },
        { weight: 1, arbitrary: shuffledSubarray(lines) },
      ),
    ),
    oneof(
      { weight: 3, arbitrary: constantFrom<string[]>([]) },
      { weight: 2, arbitrary: array(other, { maxLength: 2 }) },
    ),
    lineEnd,
    tail,
  ).map(
    ([first, lines, others, end, rest]) => `${[first, ...lines, ...others].join('\r\n')}${end}\r\n${rest}`,
  ),
  mutations: oneof(
    { weight: 2, arbitrary: constantFrom<[number, number][]>([]) },
    { weight: 1, arbitrary: array(tuple(nat(180), integer({ min: 1, max: 255 })), { maxLength: 3 }) },
  ),
});

const answerTo = (request: string, { text, mutations }: HandshakeCase): Buffer => {
  const key = /^sec-websocket-key: (.*)\r$/imu.exec(request)?.[1] ?? '';
  const value = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const bytes = Buffer.from(text.replaceAll('{accept}', value), 'latin1');
  for (const [at, change] of mutations) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
  return bytes;
};

const opensWithUs = async (url: string, { subprotocols }: HandshakeCase): Promise<string | null> => {
  const heard = listening();
  const opening = await openConnection(dialTo(url, { subprotocols }), dialSettings(), startClock(), heard);
  if (opening.outcome === 'failed') return opening.failure.detail ?? String(opening.failure.status);
  await heard.closed;
  return null;
};

const opensWithWs = (url: string, { subprotocols }: HandshakeCase): Promise<boolean> =>
  new Promise((resolve) => {
    let isOpened = false;
    const socket = new WebSocket(url, [...subprotocols], { perMessageDeflate: false });
    socket.on('open', () => {
      isOpened = true;
    });
    socket.on('unexpected-response', (request) => {
      request.destroy();
      resolve(false);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(isOpened);
    });
  });

/** Has our client and the `ws` package's own face the same answers of the same server, `count` of them. */
export const compareWithWs = async (count: number, seed: number): Promise<readonly Comparison[]> => {
  const cases = sample(handshakeCase, { numRuns: count, seed });
  await using server = await startRawServer((socket) => {
    onRequest(socket, (request) => {
      const given = cases[Number(/^GET \/(\d+) /u.exec(request)?.[1])];
      if (given !== undefined) socket.end(answerTo(request, given));
    });
  });
  const comparisons: Comparison[] = [];
  for (const [index, given] of cases.entries()) {
    const url = `${server.url}/${String(index)}`;
    const [detail, isOpenedByWs] = await Promise.all([opensWithUs(url, given), opensWithWs(url, given)]);
    comparisons.push({ given, isOpenedByUs: detail === null, isOpenedByWs, detail });
  }
  await server.allClosed();
  return comparisons;
};

/** RFC 9112 §6.3: a 1xx has no body, whatever such headers say; Node refuses two of them that contradict each other. */
const saysLength = /content-length|transfer-encoding/iu;

/** Where we are stricter than Node's parser on purpose. */
const strictness: ReadonlySet<string | null> = new Set(['a 101 of HTTP/1.0', 'the answer is not HTTP/1.1']);

/** The answers on which the two differ for no reason that we know of. */
export const unexplainedDifferences = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  comparisons.filter(
    ({ isOpenedByUs, isOpenedByWs, detail, given }) =>
      isOpenedByUs !== isOpenedByWs &&
      (isOpenedByUs ? !saysLength.test(given.text) : !strictness.has(detail)),
  );

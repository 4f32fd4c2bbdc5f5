/** Where an input goes: onto a fresh connection, or after a good handshake as raw frames or as the text of one message. */
export type FuzzKind = 'http' | 'frames' | 'message';

/** An input that is mutated, one character a byte; `{token}` stands for a good token. Whatever broke the server once stays. */
export interface FuzzSeed {
  readonly kind: FuzzKind;
  readonly input: string;
}

const upgrade = (path: string, headers = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
  `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;

const path = '/api/v1/market-data/ws';
const monitoring = '/api/v1/market-data/monitoring';

const handshakes = [
  upgrade(`${path}?token={token}`),
  upgrade(path, 'Authorization: Bearer {token}\r\n'),
  upgrade(path, 'Sec-WebSocket-Protocol: bearer, {token}\r\n'),
  upgrade(path, 'Sec-WebSocket-Protocol: ,,bearer,,\r\n'),
  upgrade(
    `${path}?token={token}`,
    'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n',
  ),
  upgrade(`${path}?token={token}`, 'Origin: null\r\nX-Forwarded-For: ::1, 1.2.3.4\r\n'),
  upgrade(`${path}?token=%zz&token=eyJhbGciOiJub25lIn0.e30.`),
  upgrade('//x/%00/../ws'),
  upgrade('http://other:1/ws'),
  upgrade('*'),
  // The first frames come along with the handshake, before it is answered.
  `${upgrade(`${path}?token={token}`)}\x81\x82\0\0\0\0{}`,
];

const requests = [
  'GET /health HTTP/1.1\r\nHost: x\r\n\r\n',
  'HEAD /metrics HTTP/1.0\r\n\r\n',
  `GET ${monitoring}/websocket-stats HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET ${monitoring}/active-connections?x=%E0%A4%A HTTP/1.1\r\nHost: x\r\n\r\n`,
  `POST ${monitoring}/reset-stats HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`,
  'POST /api/v1/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 38\r\n\r\n{"username":"ada","password":"hunter"}',
  'POST /api/v1/auth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'POST /api/v1/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n[]',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
];

const mask = '\0\0\0\0';
const frames = [
  `\x81\x82${mask}{}`,
  `\x01\x81${mask}{\x80\x81${mask}}`,
  `\x01\x81${mask}{\x89\x80${mask}\x80\x81${mask}}`,
  `\x89\x84${mask}ping\x8a\x84${mask}pong`,
  `\x88\x82${mask}\x03\xe8`,
  `\x88\x81${mask}\x03`,
  `\x88\x80${mask}\x81\x82${mask}{}`,
  `\x82\x82${mask}{}`,
  `\x81\x84${mask}\xff\xfe\xc0\xaf`,
  `\x81\xfe\x40\x01${mask}`,
  `\x81\xff\0\0\0\0\0\x01\0\0${mask}x`,
  `\x81\xff\x80\0\0\0\0\0\0\0${mask}x`,
  `\xc1\x82${mask}{}`,
  `\x83\x80${mask}`,
  '\x81\x02{}',
  `\x80\x80${mask}`,
];

const messages = [
  '{"type":"ping","id":"a","sentAt":1}',
  '{"type":"ping","id":1e999,"sentAt":-0}',
  '{"type":"subscribe","symbols":["AAPL","MSFT"]}',
  '{"type":"unsubscribe","symbols":["AAPL"]}',
  '{"type":"subscribe","symbols":["__proto__","constructor"]}',
  '{"__proto__":{"type":"ping"},"type":"ping","id":1,"sentAt":1}',
  '{"type":{"toString":"x"}}',
  `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
  `{"type":"ping","id":"${'\\u0000'.repeat(200)}","sentAt":1}`,
  '"\\ud800"',
  '',
];

const seedsOf = (kind: FuzzKind, inputs: readonly string[]): FuzzSeed[] =>
  inputs.map((input) => ({ kind, input }));

/** What the fuzzer starts from. */
export const corpus: readonly FuzzSeed[] = [
  ...seedsOf('http', handshakes),
  ...seedsOf('http', requests),
  ...seedsOf('frames', frames),
  ...seedsOf('message', messages),
];

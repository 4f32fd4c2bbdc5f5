import { expect, test } from 'vitest';
import { UpgradeResponse, type ResponseProgress } from './upgrade-response.ts';

const read = (text: string): ResponseProgress => {
  const bytes = Buffer.from(text, 'latin1');
  return new UpgradeResponse().read(bytes, bytes.length);
};

const nothing = {
  upgrade: null,
  connection: null,
  accept: null,
  subprotocol: null,
  extensions: null,
  location: null,
};

test.for([
  ['HTTP/1.1 200 OK\r\n\r\n', { version: '1.1', status: 200 }],
  ['HTTP/1.0 503\r\n\r\n', { version: '1.0', status: 503 }],
  ['HTTP/1.1 101 \r\nUPGRADE:  WebSocket \t\r\n\r\n', { version: '1.1', status: 101, upgrade: 'WebSocket' }],
  [
    'HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n',
    { version: '1.1', status: 302, location: '/elsewhere' },
  ],
  [
    'HTTP/1.1 101 x\r\nConnection: keep-alive\r\nconnection: Upgrade\r\n\r\n',
    { version: '1.1', status: 101, connection: 'keep-alive, Upgrade' },
  ],
] as const)('%j is a head', ([text, head]) => {
  expect(read(text)).toEqual({ kind: 'complete', head: { ...nothing, ...head }, restFrom: text.length });
});

test.for([
  '',
  'H',
  'HTTP/1.1',
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n',
  'HTTP/1.1 101\r',
])('%j may become one', (text) => {
  expect(read(text)).toEqual({ kind: 'incomplete' });
});

test.for([
  ['SSH', 'the answer is not HTTP/1.1'],
  ['HTTP/2 101\r\n', 'the answer is not HTTP/1.1'],
  ['HTTP/1.1 101 Ok\n', 'the answer is not HTTP/1.1'],
  ['HTTP/1.1 1010 Ok\r\n', 'the answer is not HTTP/1.1'],
  ['HTTP/1.1 101 Ok\r\nUpgrade: websocket\n', 'a line of the answer does not end in CR LF'],
  ['HTTP/1.1 101 Ok\r\nUpgrade : websocket\r\n\r\n', 'a header of the answer is malformed'],
  ['HTTP/1.1 101 Ok\r\nX: a\r\n folded\r\n\r\n', 'a header of the answer is malformed'],
  ['HTTP/1.1 101 Ok\r\nX: a\0b\r\n\r\n', 'a header of the answer is malformed'],
  [`HTTP/1.1 101 Ok\r\n${'X: y\r\n'.repeat(4_000)}`, 'the head of the answer is larger than 16384 bytes'],
  [
    `HTTP/1.1 ${'100 Go on\r\n\r\nHTTP/1.1 '.repeat(900)}`,
    'the head of the answer is larger than 16384 bytes',
  ],
] as const)('%j never will', ([text, detail]) => {
  expect(read(text)).toEqual({ kind: 'broken', detail });
});

test('interim answers are passed over', () => {
  const text =
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 401 No\r\n\r\n';
  expect(read(`${text}body`)).toEqual({
    kind: 'complete',
    head: { ...nothing, version: '1.1', status: 401 },
    restFrom: text.length,
  });
});

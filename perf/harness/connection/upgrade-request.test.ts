import { expect, test } from 'vitest';
import { dialSettings, dialTo } from './testing/dial-to.ts';
import { upgradeRequest, type UpgradeRequest } from './upgrade-request.ts';
import type { Dial, DialSettings } from './dial.ts';

const made = (
  url: string,
  dial: Partial<Dial> = {},
  settings: Partial<DialSettings> = {},
): UpgradeRequest => {
  const request = upgradeRequest(dialTo(url, dial), dialSettings(settings));
  if ('failure' in request) throw new Error(`It failed: ${JSON.stringify(request.failure)}`);
  return request;
};

test('the request is what RFC 6455 asks for', () => {
  const request = made(
    'ws://example.org',
    { subprotocols: ['bearer', 'a.b'] },
    { origin: 'https://a.example' },
  );
  expect(request.head('KEY').split('\r\n')).toEqual([
    'GET / HTTP/1.1',
    'Host: example.org',
    'Sec-WebSocket-Protocol: bearer,a.b',
    'Origin: https://a.example',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: KEY',
    '',
    '',
  ]);
});

test.for([
  ['ws://example.org', 'example.org', 80, 'example.org', '/'],
  ['ws://example.org:80/a', 'example.org', 80, 'example.org', '/a'],
  ['ws://example.org:8080?q=%20&r', 'example.org', 8_080, 'example.org:8080', '/?q=%20&r'],
  ['wss://example.org', 'example.org', 443, 'example.org', '/'],
  ['wss://example.org:80/', 'example.org', 80, 'example.org:80', '/'],
  ['ws://[::1]:9000/x', '::1', 9_000, '[::1]:9000', '/x'],
] as const)('%s leads to %s, port %i, as Host %s and path %s', ([url, host, port, hostHeader, path]) => {
  const request = made(url);
  expect(request.address).toMatchObject({ host, port });
  expect(request.head('')).toContain(`GET ${path} HTTP/1.1\r\nHost: ${hostHeader}\r\n`);
  expect(request.address.secureContext === null).toBe(url.startsWith('ws:'));
});

test.for([
  ['Host', 'inner.example', 'Host: inner.example'],
  ['Authorization', 'Bearer x', 'Authorization: Bearer x'],
  ['X-Tab', 'a\tb', 'X-Tab: a\tb'],
] as const)('a header %s is sent as given, and once', ([name, value, line]) => {
  const lines = made('ws://user:secret@example.org', { headers: { [name]: value } })
    .head('')
    .split('\r\n');
  expect(lines.filter((each) => each.toLowerCase().startsWith(name.toLowerCase()))).toEqual([line]);
});

test('headers of the handshake itself are not replaced by given ones', () => {
  const headers = { connection: 'keep-alive', 'sec-websocket-key': 'mine', 'Sec-WebSocket-Extensions': 'x' };
  const head = made('ws://example.org', { headers }).head('KEY');
  expect(head).toContain('\r\nConnection: Upgrade\r\n');
  expect(head).toContain('\r\nSec-WebSocket-Key: KEY\r\n');
  expect(head).not.toMatch(/keep-alive|mine|Extensions/u);
});

test('user and password of the address become basic authorization', () => {
  const head = made('ws://us%20er:p%3Ass%@example.org').head('');
  expect(head).toContain(`\r\nAuthorization: Basic ${Buffer.from('us er:p:ss%').toString('base64')}\r\n`);
});

test.for([
  [
    'a header value with a line break',
    'ws://a.example',
    { headers: { 'X-Bad': 'a\r\nX-Evil: 1' } },
    'protocol',
  ],
  ['a header value beyond Latin-1', 'ws://a.example', { headers: { 'X-Bad': '€' } }],
  ['an empty header name', 'ws://a.example', { headers: { '': 'x' } }],
  ['an empty subprotocol', 'ws://a.example', { subprotocols: [''] }],
  ['a fragment', 'ws://a.example/#part', {}],
  ['a scheme that is not ours', 'http://a.example/', {}],
] as const)('%s is a failure, and what it holds is not repeated', ([, url, dial]) => {
  const request = upgradeRequest(dialTo(url, dial), dialSettings());
  expect(request).toMatchObject({ failure: { reason: 'protocol' } });
  expect(JSON.stringify(request)).not.toContain('Evil');
});

test('a dial is prepared once for all its attempts, and anew for other settings', () => {
  const dial = dialTo('ws://a.example');
  const settings = dialSettings();
  expect(upgradeRequest(dial, settings)).toBe(upgradeRequest(dial, settings));
  expect(upgradeRequest(dial, dialSettings({ origin: 'https://b.example' }))).not.toBe(
    upgradeRequest(dial, settings),
  );
});

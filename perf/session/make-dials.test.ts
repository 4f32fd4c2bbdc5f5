import { expect, test } from 'vitest';
import { makeDial } from './make-dials.ts';

const webSocketUrl = 'ws://127.0.0.1:1/feed?room=a';
const headers = { 'X-Tenant': 'one' };

test.for([
  ['query', { url: `${webSocketUrl}&token=t.1`, subprotocols: [], headers }],
  ['header', { url: webSocketUrl, subprotocols: [], headers: { ...headers, Authorization: 'Bearer t.1' } }],
  ['subprotocol', { url: webSocketUrl, subprotocols: ['bearer', 't.1'], headers }],
] as const)('a token in the %s is placed there and nowhere else', ([tokenPlacement, dial]) => {
  expect(makeDial({ webSocketUrl, headers, tokenPlacement }, 't.1')).toEqual(dial);
  expect(makeDial({ webSocketUrl, headers, tokenPlacement }, null)).toEqual({
    url: webSocketUrl,
    subprotocols: [],
    headers,
  });
});

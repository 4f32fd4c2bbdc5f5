import { expect, test } from 'vitest';
import { localEndpointOf } from './local-endpoint-of.ts';
import { ramp } from './profile.ts';
import { reconnectStorm } from './reconnect-storm.ts';

const localEndpoints = { addresses: ['a', 'b', 'c'], ports: [7, 8, 9, 10] };

test('every attempt has an endpoint of its own, evenly spread over the addresses, until all are used', () => {
  const plan = { localEndpoints, profile: ramp({ connections: 13, delaySeconds: 0 }) };
  const all = Array.from({ length: 13 }, (_, index) => localEndpointOf(plan, { index, retry: 0 }));
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(12);
  expect(all.slice(0, 6).map((one) => one?.address)).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  expect(all[12]).toEqual(all[0]);
});

test('no try to come back has the endpoint of the line that was cut, nor that of another try', () => {
  const plan = { localEndpoints, profile: reconnectStorm({ connections: 4, cutAfterSeconds: 1, tries: 2 }) };
  const all = [0, 1, 2].flatMap((retry) =>
    [0, 1, 2, 3].map((index) => JSON.stringify(localEndpointOf(plan, { index, retry }))),
  );
  expect(new Set(all).size).toBe(12);
});

test('without endpoints the system chooses', () => {
  const plan = { localEndpoints: null, profile: ramp({ connections: 1, delaySeconds: 0 }) };
  expect(localEndpointOf(plan, { index: 0, retry: 0 })).toBeNull();
});

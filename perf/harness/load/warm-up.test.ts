import { expect, test } from 'vitest';
import { onRequest, startRawServer, switchingProtocols } from '../connection/testing/raw-server.ts';
import { connectSuccess, messagesReceived } from '../metrics/catalogue.ts';
import { aggregate } from '../metrics/samples.ts';
import { summarize } from '../metrics/summarize.ts';
import { warmUpRecord } from '../metrics/warm-up.ts';
import { ramp } from './profile.ts';
import { runLoad } from './run-load.ts';
import { loadPlan } from './testing/load-plan.ts';

const hello = Buffer.from([0x81, 2, 0x68, 0x69]);

test('a server that refuses at first has a success rate of 100 % after a warm-up, and of 50 % without', async () => {
  let upgrades = 0;
  await using server = await startRawServer((socket) => {
    onRequest(socket, (request) => {
      upgrades += 1;
      if (upgrades <= 2) socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');
      else socket.write(Buffer.concat([Buffer.from(switchingProtocols(request), 'latin1'), hello]));
    });
  });
  const measure = async (warmUpMs: number) => {
    upgrades = 0;
    return await runLoad({
      plan: loadPlan(server.url, {
        profile: ramp({ connections: 4, delaySeconds: 0.2, holdSeconds: 0.2 }),
        grid: { warmUpMs, slotMs: 1_000 },
      }),
    });
  };
  const warmed = await measure(400);
  expect(warmed.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'opened', 'opened']);
  expect(aggregate(summarize(warmed, false), connectSuccess, 'ratio')).toBe(1);
  expect(aggregate(summarize(warmed, false), messagesReceived, 'count')).toBe(2);
  expect(warmUpRecord(warmed)).toMatchObject({ untilMs: 400, attempts: 2, pings: 0, messages: 0 });
  expect(aggregate(summarize(await measure(0), false), connectSuccess, 'ratio')).toBe(0.5);
});

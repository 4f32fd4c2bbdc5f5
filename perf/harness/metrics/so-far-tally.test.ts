import { expect, test } from 'vitest';
import type { ConnectionAttempt } from '../connection/attempt.ts';
import { connectSuccess, connectTime, stableConnections } from './catalogue.ts';
import { Distribution } from './distribution.ts';
import { SoFarTally } from './so-far-tally.ts';

const opened: ConnectionAttempt = {
  index: 0,
  dueAtMs: 0,
  outcome: 'opened',
  startedAtMs: 0,
  dnsResolvedAtMs: null,
  tcpConnectedAtMs: 1,
  tlsDoneAtMs: null,
  openedAtMs: 5,
  firstMessageAtMs: null,
  readyAtMs: 5,
  closedAtMs: null,
  messagesReceived: 0,
  bytesReceived: 0,
  failure: null,
  stable: false,
};

test('a connection that is held is looked at once for each thing that comes of it, however often one asks', () => {
  let looks = 0;
  let attempt: ConnectionAttempt = { index: 0, dueAtMs: 0, outcome: 'not-started' };
  const going = {
    stage: 0,
    isOver: false,
    attempt: () => {
      looks += 1;
      return attempt;
    },
  };
  const tally = new SoFarTally([connectTime.name, connectSuccess.name, stableConnections.name], {
    warmUpMs: 0,
    messages: () => 0,
    roundTrip: () => new Distribution().encode(),
  });
  const askOften = (): void => {
    for (let count = 0; count < 100; count += 1) if (!going.isOver) tally.look(going);
  };
  askOften();
  attempt = opened;
  going.stage = 1;
  askOften();
  expect(looks).toBe(2);
  expect(tally.soFar()).toMatchObject({
    connectTime: { kind: 'trend', values: { count: 1, maxMs: 5 }, settled: 1 },
    connectSuccess: { hits: 1, misses: 0, settled: 1 },
    stableConnections: { hits: 0, misses: 0, settled: 0 },
  });
  attempt = { ...opened, closedAtMs: 9 };
  going.stage = 4;
  going.isOver = true;
  tally.look(going);
  expect(looks).toBe(3);
  expect(tally.soFar()).toMatchObject({
    connectTime: { settled: 1 },
    stableConnections: { hits: 0, misses: 1, settled: 1 },
  });
});

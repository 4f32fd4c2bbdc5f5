import { expect, test } from 'vitest';
import { startClock } from '../connection/clock.ts';
import { startEpochClock } from '../connection/epoch-clock.ts';
import { SoFarTally } from '../metrics/so-far-tally.ts';
import { ConnectionLife } from './connection-life.ts';
import { MessageReader } from './message-reader.ts';
import { MessageTally } from './message-tally.ts';
import { emptyTallies } from './running-behaviour.ts';
import { RunningTotals } from './running-totals.ts';
import { loadPlan } from './testing/load-plan.ts';
import { serveWs } from './testing/serve-ws.ts';

test('of connections that are over the attempts and findings are kept, and nothing else', async () => {
  await using server = await serveWs((socket) => {
    for (const sequence of [1, 3])
      socket.send(JSON.stringify({ type: 'quote', symbol: 'A', epoch: 1, price: 1, sequence }));
  });
  const plan = loadPlan(server.url, { checksQuotes: true });
  const { grid } = plan;
  const clock = startClock();
  const tallies = emptyTallies(grid);
  const messages = new MessageTally({ clock, epochClock: startEpochClock(), offset: null, grid });
  const totals = new RunningTotals(
    clock,
    new SoFarTally([], {
      warmUpMs: 0,
      messages: () => 0,
      roundTrip: () => tallies.pings.roundTrip.whole.encode(),
    }),
  );
  const reader = new MessageReader();
  const lives = [0, 1, 2].map(
    (index) => new ConnectionLife({ index, dueAtMs: 0, plan, clock, tallies, reader, messages }),
  );
  for (const life of lives) {
    totals.begin(life);
    await life.open();
    totals.decided(life);
  }
  while (lives.some(({ messagesReceived }) => messagesReceived < 2))
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(totals.take().point).toMatchObject({ started: 3, open: 3, messages: 6 });
  await Promise.all(lives.slice(0, 2).map((life) => life.leave()));
  expect(totals.take().point).toMatchObject({ started: 3, open: 1, messages: 6 });
  expect(totals.going.map(({ index }) => index)).toEqual([2]);
  expect(totals.attempts().map(({ index, outcome }) => [index, outcome])).toEqual([
    [0, 'opened'],
    [1, 'opened'],
    [2, 'opened'],
  ]);
  expect(totals.sequences()).toMatchObject({ received: 6, lost: 3 });
  await lives[2]?.leave();
});

import { expect, test } from 'vitest';
import { startClock } from '../connection/clock.ts';
import { startEpochClock } from '../connection/epoch-clock.ts';
import { SoFarTally } from '../metrics/so-far-tally.ts';
import { ConnectionLife } from './connection-life.ts';
import { MessageReader } from './message-reader.ts';
import { MessageTally } from './message-tally.ts';
import type { LoadPlan } from './plan.ts';
import { emptyTallies } from './running-behaviour.ts';
import { RunningTotals } from './running-totals.ts';
import { loadPlan } from './testing/load-plan.ts';
import { serveWs } from './testing/serve-ws.ts';

const startTotals = (
  plan: LoadPlan,
): { readonly totals: RunningTotals; readonly open: (index: number) => Promise<ConnectionLife> } => {
  const { grid } = plan;
  const clock = startClock();
  const tallies = emptyTallies(grid);
  const messages = new MessageTally({ clock, epochClock: startEpochClock(), offset: null, grid });
  const reader = new MessageReader();
  const soFar = { warmUpMs: 0, messages: () => 0, roundTrip: () => tallies.pings.roundTrip.whole.encode() };
  const totals = new RunningTotals(clock, new SoFarTally([], soFar), false);
  const open = async (index: number): Promise<ConnectionLife> => {
    const life = new ConnectionLife({ index, dueAtMs: 0, plan, clock, tallies, reader, messages });
    totals.begin(life);
    await life.open();
    totals.decided(life);
    return life;
  };
  return { totals, open };
};

test('of connections that are over the attempts and findings are kept, and nothing else', async () => {
  await using server = await serveWs((socket) => {
    for (const sequence of [1, 3])
      socket.send(JSON.stringify({ type: 'quote', symbol: 'A', epoch: 1, price: 1, sequence }));
  });
  const plan = loadPlan(server.url, { checksQuotes: true });
  const { totals, open } = startTotals(plan);
  const lives = [await open(0), await open(1), await open(2)];
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

test('what fails after opening is counted by reason, apart from what never opened', async () => {
  await using server = await serveWs();
  const { totals, open } = startTotals(loadPlan(server.url));
  const life = await open(0);
  expect(totals.take()).toMatchObject({ point: { open: 1, failedAfterOpening: 0 }, failures: {} });
  for (const client of server.server.clients) client.close(4_000);
  await life.closed;
  const seen = { point: { open: 0, failed: 0, failedAfterOpening: 1 }, failures: { dropped: 1 } };
  expect(totals.take()).toMatchObject(seen);
  // And when it is no longer looked at.
  expect(totals.take()).toMatchObject(seen);
});

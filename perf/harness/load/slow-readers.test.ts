import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { summarizeSlowReaders } from '../metrics/summarize-slow-readers.ts';
import { pingEvery } from './behaviour.ts';
import { ramp } from './profile.ts';
import { drivePlan, openedOf } from './testing/drive-plan.ts';
import { loadPlan } from './testing/load-plan.ts';
import { noteWhatIsOpen } from './testing/nothing-is-left.ts';
import { serveWs } from './testing/serve-ws.ts';
import { withSlowReaders } from './with-slow-readers.ts';

const block = Buffer.alloc(65_536);
/** 24 MiB, more than the system's buffers of both sides. */
const blocks = 384;
/** The load's clock, which stands still until `go` is called: how long opening takes is no matter of these tests. */
const heldClock = (): { readonly clock: () => number; readonly go: () => void } => {
  let startedAtMs = Number.POSITIVE_INFINITY;
  return {
    clock: () => Math.max(0, performance.now() - startedAtMs),
    go: () => {
      startedAtMs = performance.now();
    },
  };
};

/** Slow readers stop after 0.5 s, and read again after 1.2 s. */
const profile = withSlowReaders(
  ramp({
    connections: 4,
    delaySeconds: 0,
    holdSeconds: 3,
    whileOpen: pingEvery({ everySeconds: 0.05, via: 'frame' }),
  }),
  { oneIn: 2, stopAfterSeconds: 0.5, forSeconds: 0.7 },
);

test('who stops reading has it pile up at the server, and is told apart from all others', async () => {
  const nothingIsLeft = noteWhatIsOpen();
  const unsentBytes: number[] = [];
  {
    const flood = (socket: WebSocket, isClosed: boolean): void => {
      setTimeout(() => {
        for (let count = 0; count < blocks; count += 1) socket.send(block);
        if (isClosed) socket.close(1_013);
      }, 700);
      setTimeout(() => unsentBytes.push(socket.bufferedAmount), 1_000);
    };
    const { clock, go } = heldClock();
    const opening: (() => void)[] = [];
    await using server = await serveWs((socket, number) => {
      socket.send('hello');
      if (number < 3) return;
      go();
      for (const startFlood of opening) startFlood();
    });
    // Called before the listener above, which starts the clock with the last of the connections.
    server.server.prependListener('connection', (socket: WebSocket, request: IncomingMessage) => {
      if (request.url !== '/')
        opening.push(() => {
          flood(socket, request.url === '/closed');
        });
    });
    const dials = ['/', '/flooded', '/', '/closed'].map((path) => ({
      url: `${server.url}${path}`,
      subprotocols: [],
      headers: {},
    }));
    const result = await drivePlan(loadPlan(server.url, { profile, dials }), { clock });
    const opened = openedOf(result);
    const bytes = blocks * block.length;
    expect(opened.map(({ slowReading }) => slowReading)).toEqual([
      undefined,
      expect.objectContaining({ state: 'caught-up', unreadBytes: bytes }),
      undefined,
      expect.objectContaining({ state: 'closed', closeCode: 1_013, unreadBytes: bytes }),
    ]);
    expect(unsentBytes.filter((count) => count > 1_000_000)).toHaveLength(2);
    expect(summarizeSlowReaders(opened)).toMatchObject({
      slowReadersSettled: { hits: 2, total: 2 },
      slowReadersClosed: { hits: 1, total: 2 },
    });
    // The others alone: a greeting each, and as many pings as they had time for.
    expect(result.messages.received.count).toBe(2);
    expect(result.pings.answered).toMatchObject({ hits: result.pings.answered.total });
    expect(opened.map(({ stable }) => stable)).toEqual([true, true, true, false]);
  }
  await nothingIsLeft();
});

test('who is left while it does not read hears the end of the closing handshake', async () => {
  const nothingIsLeft = noteWhatIsOpen();
  const closeCodes: number[] = [];
  {
    const { clock, go } = heldClock();
    await using server = await serveWs((socket, number) => {
      socket.on('close', (code) => closeCodes.push(code));
      if (number === 1) go();
    });
    const stops = { oneIn: 1, stopAfterSeconds: 0.5, forSeconds: 3_600 };
    const held = ramp({ connections: 2, delaySeconds: 0, holdSeconds: 0.8 });
    const plan = loadPlan(server.url, { profile: withSlowReaders(held, stops) });
    const result = await drivePlan(plan, { clock });
    expect(openedOf(result).map(({ slowReading, failure }) => [slowReading?.state, failure])).toEqual([
      ['undecided', null],
      ['undecided', null],
    ]);
  }
  expect(closeCodes).toEqual([1_000, 1_000]);
  await nothingIsLeft();
});

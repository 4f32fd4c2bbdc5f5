import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { describe, expect, test } from 'vitest';
import {
  firstBytes,
  frame,
  onRequest,
  startRawServer,
  switchingProtocols,
} from '../connection/testing/raw-server.ts';
import { pingEvery } from './behaviour.ts';
import { constantArrivalRate, ramp, type LoadProfile } from './profile.ts';
import { drivePlan, openedOf } from './testing/drive-plan.ts';
import { loadPlan } from './testing/load-plan.ts';
import { serveWs } from './testing/serve-ws.ts';

describe('what became of a connection', () => {
  test('that receives its initial messages and stays is ready and stable', async () => {
    await using server = await serveWs((socket) => {
      socket.send('one');
      socket.send('two');
    });
    const result = await drivePlan(loadPlan(server.url, { initialMessages: { count: 2, withinMs: 20_000 } }));
    expect(openedOf(result)).toHaveLength(3);
    for (const one of openedOf(result)) {
      expect(one).toMatchObject({ messagesReceived: 2, bytesReceived: 6, failure: null, stable: true });
      expect(one.startedAtMs).toBeGreaterThanOrEqual(one.dueAtMs);
      expect(one.firstMessageAtMs).toBeGreaterThanOrEqual(one.openedAtMs);
      expect(one.readyAtMs).toBeGreaterThanOrEqual(one.firstMessageAtMs ?? Number.NaN);
      expect(one.closedAtMs).toBeGreaterThanOrEqual(result.holdOverAtMs);
    }
  });

  test('that expects no message is ready when it is open', async () => {
    await using server = await serveWs();
    for (const one of openedOf(await drivePlan(loadPlan(server.url))))
      expect(one.readyAtMs).toBe(one.openedAtMs);
  });

  test('that waits in vain, however short the hold, has no-initial-message, and is stable all the same', async () => {
    await using server = await serveWs((socket) => socket.send('one'));
    const result = await drivePlan(
      loadPlan(server.url, {
        profile: ramp({ connections: 2, delaySeconds: 0, holdSeconds: 0 }),
        initialMessages: { count: 2, withinMs: 100 },
      }),
    );
    expect(openedOf(result)).toHaveLength(2);
    for (const one of openedOf(result)) {
      expect(one).toMatchObject({ readyAtMs: null, stable: true });
      expect(one.failure).toMatchObject({
        reason: 'no-initial-message',
        detail: '1 of 2 initial messages within 100 ms',
      });
    }
  });

  test('that is closed before its messages is closed-before-ready, with the close code', async () => {
    await using server = await serveWs((socket) => {
      socket.close(1_011);
    });
    const result = await drivePlan(loadPlan(server.url, { initialMessages: { count: 1, withinMs: 20_000 } }));
    for (const one of openedOf(result)) {
      expect(one).toMatchObject({ readyAtMs: null, stable: false });
      expect(one.failure).toMatchObject({ reason: 'closed-before-ready', closeCode: 1_011 });
    }
  });

  test('that is closed during the hold is dropped, with the close code', async () => {
    const stop = new AbortController();
    const sockets: WebSocket[] = [];
    let ponged = 0;
    await using server = await serveWs((socket) => {
      sockets.push(socket);
      socket.ping();
      // Three answers: all clients know of their opening. The close is answered, too, before the hold is over.
      socket.on('pong', () => {
        ponged += 1;
        if (ponged === 3) sockets[1]?.close(1_012);
      });
      socket.on('close', () => {
        stop.abort();
      });
    });
    const profile = ramp({ connections: 3, delaySeconds: 0.01, holdSeconds: 3_600 });
    const result = await drivePlan(loadPlan(server.url, { profile }), { signal: stop.signal });
    expect(openedOf(result).map(({ stable }) => stable)).toEqual([true, false, true]);
    expect(openedOf(result)[1]?.failure).toMatchObject({ reason: 'dropped', closeCode: 1_012 });
  });

  test('whose server sends a close frame and keeps the line is not stable', async () => {
    const stop = new AbortController();
    let answered = 0;
    await using server = await startRawServer((socket) => {
      onRequest(socket, (request) => {
        socket.write(switchingProtocols(request));
        socket.write(frame(firstBytes.close, Buffer.from([0x03, 0xe9])));
        socket.once('data', (data: Buffer) => {
          if (data[0] === firstBytes.close) answered += 1;
          if (answered === 3) stop.abort();
        });
      });
    });
    const profile = ramp({ connections: 3, delaySeconds: 0, holdSeconds: 3_600 });
    const result = await drivePlan(loadPlan(server.url, { profile }), { signal: stop.signal });
    expect(
      openedOf(result).map(({ stable, failure }) => [stable, failure?.reason, failure?.closeCode]),
    ).toEqual(Array.from({ length: 3 }, () => [false, 'dropped', 1_001]));
    await server.allClosed();
  });

  test('whose server breaks the protocol is not stable and says so', async () => {
    await using server = await startRawServer((socket) => {
      onRequest(socket, (request) => {
        socket.write(
          Buffer.concat([Buffer.from(switchingProtocols(request)), frame(firstBytes.reservedText, 'x')]),
        );
      });
    });
    const result = await drivePlan(loadPlan(server.url, { initialMessages: { count: 1, withinMs: 20_000 } }));
    expect(openedOf(result).map(({ stable, failure }) => [stable, failure?.reason])).toEqual(
      Array.from({ length: 3 }, () => [false, 'protocol']),
    );
  });
});

test('shares split a plan without overlap, and together drive all of it', async () => {
  await using server = await serveWs();
  const plan = loadPlan(server.url, { profile: ramp({ connections: 7, delaySeconds: 0, holdSeconds: 0 }) });
  const parts = await Promise.all([0, 1, 2].map((part) => drivePlan(plan, { share: { part, of: 3 } })));
  expect(parts.map(({ attempts }) => attempts.map(({ index }) => index))).toEqual([
    [0, 3, 6],
    [1, 4],
    [2, 5],
  ]);
});

test('arrivals at a rate each live for their own hold', async () => {
  await using server = await serveWs();
  const profile = constantArrivalRate({ attemptsPerSecond: 50, durationSeconds: 0.1, holdSeconds: 0.05 });
  const result = await drivePlan(loadPlan(server.url, { profile }));
  expect(result.attempts.map(({ dueAtMs }) => dueAtMs)).toEqual([0, 20, 40, 60, 80]);
  for (const one of openedOf(result)) {
    expect(one.stable).toBe(true);
    expect((one.closedAtMs ?? 0) - one.openedAtMs).toBeGreaterThanOrEqual(48);
  }
});

/** Ends a load once `count` frames sent after the answer to a ping have come back: the client then has that answer. */
const stopAfter = (count: number): { readonly signal: AbortSignal; watch(socket: WebSocket): void } => {
  const stop = new AbortController();
  let received = 0;
  return {
    signal: stop.signal,
    watch: (socket) => {
      socket.on('pong', () => {
        received += 1;
        if (received === count) stop.abort();
      });
    },
  };
};

const pinging = (via: 'message' | 'frame'): LoadProfile =>
  ramp({
    connections: 2,
    delaySeconds: 0,
    holdSeconds: 3_600,
    whileOpen: pingEvery({ everySeconds: 0.05, via }),
  });

test('pings by message are answered by their id, whether or not the server sends quotes', async () => {
  const stop = stopAfter(4);
  await using server = await serveWs((socket) => {
    stop.watch(socket);
    socket.on('message', (data: Buffer) => {
      const { id } = JSON.parse(data.toString('utf8')) as { id: number };
      socket.send(JSON.stringify({ type: 'pong', id }));
      socket.ping();
    });
  });
  const profile = pinging('message');
  const { pings } = await drivePlan(loadPlan(server.url, { profile }), { signal: stop.signal });
  expect(pings.roundTrip.count).toBeGreaterThanOrEqual(4);
});

test('pings by frame are answered by every server', async () => {
  const stop = stopAfter(4);
  await using server = await serveWs((socket) => {
    stop.watch(socket);
    socket.on('ping', () => socket.ping());
  });
  const profile = pinging('frame');
  const { pings } = await drivePlan(loadPlan(server.url, { profile }), { signal: stop.signal });
  expect(pings.roundTrip.count).toBeGreaterThanOrEqual(4);
});

test('stopped early, what did not start is not-started and what is open is closed', async () => {
  const stop = new AbortController();
  await using server = await serveWs(() => {
    stop.abort();
  });
  const profile = ramp({ connections: 50, delaySeconds: 60, holdSeconds: 3_600 });
  const result = await drivePlan(loadPlan(server.url, { profile }), { signal: stop.signal });
  expect(result.attempts).toHaveLength(50);
  expect(result.attempts.filter(({ outcome }) => outcome === 'not-started').length).toBeGreaterThanOrEqual(
    49,
  );
  while (server.server.clients.size > 0) await sleep(5);
});

test('stopped early, handshakes that hang are called off, and decided by nobody', async () => {
  const stop = new AbortController();
  await using server = await startRawServer(() => {
    stop.abort();
  });
  const result = await drivePlan(loadPlan(server.url), { signal: stop.signal });
  expect(result.attempts.map(({ outcome }) => outcome)).toEqual([
    'not-started',
    'not-started',
    'not-started',
  ]);
  await server.allClosed();
});

test('the last progress and the attempts agree', async () => {
  await using server = await serveWs((socket) => socket.send('one'));
  const points: number[][] = [];
  const plan = loadPlan(server.url, { initialMessages: { count: 1, withinMs: 20_000 } });
  const result = await drivePlan(plan, {
    onProgress: ({ point }) => points.push([point.started, point.open, point.failed, point.messages]),
  });
  expect(points.at(-1)).toEqual([3, 0, 0, 3]);
  expect(result.timeline).toHaveLength(points.length);
});

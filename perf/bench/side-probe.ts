import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerRequests } from './answer-requests.ts';
import { epochMs } from './epoch-clock.ts';
import type { Window } from './generator-protocol.ts';
import { interpolate } from './interpolate.ts';
import { spreadOf, type Spread } from './spread.ts';

// An almost idle client beside the load, on raw sockets: what it sees is what the server does, with no queue of its own.

/** What the side probe is asked. */
export type ProbeRequest =
  /** Dial once every few milliseconds from now on. */
  | { readonly kind: 'dial'; readonly port: number }
  /** Open so many connections and ping on one after the other, one every `everyMs`, from now on. */
  | { readonly kind: 'ping'; readonly port: number; readonly connections: number; readonly everyMs: number }
  /** Stop; answers with the spread of what was begun within the window. */
  | ({ readonly kind: 'stop' } & Window)
  /**
   * Stop; answers with the spread of what it would have seen at these moments, between what it saw just before and just
   * after each: a load that comes in bursts meets another server than a probe that dials evenly.
   */
  | { readonly kind: 'stop-at'; readonly atEpochMs: readonly number[] };

const dialEveryMs = 5;
const pongBytes = 2;

const timed: { readonly begunAtEpochMs: number; readonly timeMs: number }[] = [];
const over = new AbortController();
let probing: Promise<void> = Promise.resolve();

const record = (begunAtEpochMs: number): void => {
  timed.push({ begunAtEpochMs, timeMs: epochMs() - begunAtEpochMs });
};

const requestUpgrade = (socket: Socket, port: number): void => {
  socket.on('error', () => undefined);
  socket.write(
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
};

const dialOnce = (port: number): void => {
  const begunAtEpochMs = epochMs();
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  requestUpgrade(socket, port);
  socket.once('data', () => {
    record(begunAtEpochMs);
    socket.destroy();
  });
};

const dialUntilOver = async (port: number): Promise<void> => {
  while (!over.signal.aborted) {
    dialOnce(port);
    await sleep(dialEveryMs);
  }
};

/** Opens a connection; the returned function pings on it, unless the last ping is still without an answer. */
const openPinged = async (port: number): Promise<() => void> => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  over.signal.addEventListener('abort', () => socket.destroy());
  requestUpgrade(socket, port);
  await once(socket, 'data');
  let begunAtEpochMs: number | null = null;
  socket.on('data', (data: Buffer) => {
    if (data.length !== pongBytes || begunAtEpochMs === null) return;
    record(begunAtEpochMs);
    begunAtEpochMs = null;
  });
  return () => {
    if (begunAtEpochMs !== null) return;
    begunAtEpochMs = epochMs();
    // An empty ping, masked by zeros.
    socket.write(Buffer.from([0x89, 0x80, 0, 0, 0, 0]));
  };
};

// What rests grows cold, on both sides: on one machine p50 of a ping was 0.12 ms every 1 ms, 0.15 every 5, 0.25 every 10. So
// the probe pings as often as the load beside it, on as many connections in turn: what then differs between the two is
// the load's own doing.
const pingUntilOver = async (port: number, connections: number, everyMs: number): Promise<void> => {
  const pings = await Promise.all(Array.from({ length: connections }, () => openPinged(port)));
  for (let turn = 0; !over.signal.aborted; turn += 1) {
    pings[turn % pings.length]?.();
    await sleep(everyMs);
  }
};

const stopAt = async (atEpochMs: readonly number[]): Promise<Spread | null> => {
  over.abort();
  await probing;
  const seen = timed
    .map(({ begunAtEpochMs, timeMs }) => ({ at: begunAtEpochMs, value: timeMs }))
    .toSorted((a, b) => a.at - b.at);
  return seen.length === 0 ? null : spreadOf(atEpochMs.map((at) => interpolate(seen, at)));
};

const stop = async ({ fromEpochMs, toEpochMs }: Window): Promise<Spread | null> => {
  over.abort();
  await probing;
  return spreadOf(
    timed
      .filter(({ begunAtEpochMs }) => begunAtEpochMs >= fromEpochMs && begunAtEpochMs <= toEpochMs)
      .map(({ timeMs }) => timeMs),
  );
};

answerRequests((request: ProbeRequest) => {
  if (request.kind === 'stop') return stop(request);
  if (request.kind === 'stop-at') return stopAt(request.atEpochMs);
  probing =
    request.kind === 'dial'
      ? dialUntilOver(request.port)
      : pingUntilOver(request.port, request.connections, request.everyMs);
  probing.catch(() => undefined);
  return 'probing';
});

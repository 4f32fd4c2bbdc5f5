import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import { rehearsedConnections } from '../harness/load/rehearse.ts';
import { answerRequests } from './answer-requests.ts';
import { epochMs } from './epoch-clock.ts';
import {
  warmUpTooShort,
  type EchoReply,
  type GeneratorRequest,
  type HoldingReply,
  type OpeningReply,
  type PacedReply,
} from './generator-protocol.ts';
import { settledResidentBytes, usedCpuMs } from './own-usage.ts';
import { spreadOf } from './spread.ts';

// The script that everyone writes first: a loop over `new WebSocket(url)`, a time stamp before it and one at `open`; pings
// as JSON, each pong parsed and matched by its id, as without the id nobody knows what was answered.

const dial = (url: string): WebSocket => new WebSocket(url);

const openAll = (url: string, connections: number): Promise<WebSocket[]> =>
  Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = dial(url);
      await new Promise((resolve, reject) => {
        socket.once('open', resolve);
        socket.once('error', reject);
      });
      return socket;
    }),
  );

const openAndClose = async (url: string, connections: number): Promise<void> => {
  const sockets = await openAll(url, connections);
  await Promise.all(
    sockets.map(async (socket) => {
      socket.close();
      await once(socket, 'close');
    }),
  );
};

/** As ours does by itself: as many connections to a server in this process, which sends a message to each. */
const rehearse = async (): Promise<void> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.send('{}');
  });
  await openAndClose(
    `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    rehearsedConnections,
  );
  server.close();
};

interface Opening {
  readonly reply: OpeningReply;
  readonly sockets: readonly WebSocket[];
}

const openTimed = async (url: string, connections: number): Promise<Opening> => {
  const cpuBeforeMs = usedCpuMs();
  const timesMs: number[] = [];
  const startedAtEpochMs: number[] = [];
  let failed = 0;
  const { promise: allDecided, resolve } = Promise.withResolvers<void>();
  const decided = (): void => {
    if (timesMs.length + failed === connections) resolve();
  };
  const fromEpochMs = epochMs();
  const sockets: WebSocket[] = [];
  for (let index = 0; index < connections; index += 1) {
    const startedAtMs = performance.now();
    const begunAtEpochMs = epochMs();
    const socket = dial(url);
    socket.on('open', () => {
      timesMs.push(performance.now() - startedAtMs);
      startedAtEpochMs.push(begunAtEpochMs);
      decided();
    });
    socket.on('error', () => {
      failed += 1;
      decided();
    });
    sockets.push(socket);
  }
  await allDecided;
  const window = { fromEpochMs, toEpochMs: epochMs() };
  const cpuMs = usedCpuMs() - cpuBeforeMs;
  const connectTime = spreadOf(timesMs);
  const reply = {
    window,
    startedAtEpochMs,
    opened: timesMs.length,
    failed,
    connectTime,
    cpuMs,
    conclusive: null,
    failedChecks: [],
  };
  return { reply, sockets };
};

const open = async (request: Extract<GeneratorRequest, { kind: 'open' }>): Promise<OpeningReply> => {
  const { reply, sockets } = await openTimed(request.url, request.connections);
  for (const socket of sockets) socket.terminate();
  return reply;
};

const hold = async (request: Extract<GeneratorRequest, { kind: 'hold' }>): Promise<HoldingReply> => {
  const residentBytesBefore = await settledResidentBytes();
  await openAndClose(request.url, request.thrownAway);
  const { reply, sockets } = await openTimed(request.url, request.connections);
  const residentBytesHeld = await settledResidentBytes();
  for (const socket of sockets) socket.terminate();
  const { window, opened, failed, cpuMs } = reply;
  return { window, opened, failed, cpuMs, residentBytesBefore, residentBytesHeld };
};

const echo = async (request: Extract<GeneratorRequest, { kind: 'echo' }>): Promise<EchoReply> => {
  let timesMs: number[] = [];
  let isOver = false;
  const startedAtMs = performance.now();
  for (const socket of await openAll(request.url, request.connections)) {
    let id = 0;
    let sentAtMs = 0;
    const send = (): void => {
      id += 1;
      sentAtMs = performance.now();
      socket.send(JSON.stringify({ type: 'ping', id, sentAt: Date.now() }));
    };
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { readonly type: string; readonly id: number };
      if (message.type !== 'pong' || message.id !== id) return;
      timesMs.push(performance.now() - sentAtMs);
      if (!isOver) send();
    });
    send();
  }
  const warmInMs = startedAtMs + request.warmUpMs - performance.now();
  if (warmInMs <= 0) throw new Error(warmUpTooShort);
  await sleep(warmInMs);
  timesMs = [];
  const fromEpochMs = epochMs();
  const cpuBeforeMs = usedCpuMs();
  await sleep(request.windowMs);
  const cpuMs = usedCpuMs() - cpuBeforeMs;
  const toEpochMs = epochMs();
  isOver = true;
  const roundTrips = timesMs.length;
  return { window: { fromEpochMs, toEpochMs }, roundTrips, cpuMs, roundTrip: spreadOf(timesMs) };
};

const paced = async (request: Extract<GeneratorRequest, { kind: 'paced' }>): Promise<PacedReply> => {
  const timesMs: number[] = [];
  const sockets = await openAll(request.url, request.connections);
  for (const socket of sockets) {
    let sentAtMs = 0;
    socket.on('pong', () => {
      timesMs.push(performance.now() - sentAtMs);
    });
    setInterval(() => {
      sentAtMs = performance.now();
      socket.ping();
    }, request.everyMs);
    await sleep(request.everyMs / request.connections);
  }
  const fromEpochMs = epochMs();
  await sleep(request.durationMs);
  return { window: { fromEpochMs, toEpochMs: epochMs() }, roundTrip: spreadOf(timesMs) };
};

answerRequests(async (request: GeneratorRequest) => {
  await rehearse();
  switch (request.kind) {
    case 'open':
      return open(request);
    case 'hold':
      return hold(request);
    case 'echo':
      return echo(request);
    case 'paced':
      return paced(request);
    default:
      return request satisfies never;
  }
});

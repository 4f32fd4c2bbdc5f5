import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import {
  acceptUpgrade,
  refuseUpgrade,
  startLocalServer,
} from '../../../fixtures/targets/testing/local-server.ts';
import { startClock } from '../../harness/connection/clock.ts';
import { runOperation, type OperationOutcome, type OperationPlan } from './operation.ts';

const plan: OperationPlan = {
  settings: {
    origin: null,
    certificateAuthority: null,
    handshakeTimeoutMs: 5_000,
    maxMessageBytes: 1_048_576,
  },
  initialMessages: { count: 2, withinMs: 5_000 },
  pingsVia: 'message',
};

const answerPings = (socket: WebSocket): void => {
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString('utf8')) as { id: number };
    socket.send(JSON.stringify({ type: 'pong', id: message.id }));
  });
};

const operateOn = async (
  onOpen: (socket: WebSocket) => void,
  overrides: Partial<OperationPlan> = {},
): Promise<OperationOutcome> => {
  await using server = await startLocalServer({ answerUpgrade: acceptUpgrade(onOpen) });
  const dial = { url: `ws://127.0.0.1:${String(server.port)}/`, subprotocols: [], headers: {} };
  return await runOperation(dial, { ...plan, ...overrides }, startClock());
};

it('times the connection, its first message and one ping, and closes in good order', async () => {
  const closed = Promise.withResolvers<number>();
  const outcome = await operateOn((socket) => {
    socket.on('close', closed.resolve);
    socket.send('one');
    socket.send('two');
    answerPings(socket);
  });
  expect(outcome.outcome).toBe('done');
  if (outcome.outcome !== 'done') return;
  expect(outcome.connectMs).toBeGreaterThan(0);
  expect(outcome.firstMessageMs).toBeGreaterThanOrEqual(0);
  expect(outcome.roundTripMs).toBeGreaterThan(0);
  expect(await closed.promise).toBe(1_000);
});

it('pings by protocol frame where the server knows no ping message', async () => {
  const outcome = await operateOn(() => undefined, {
    pingsVia: 'frame',
    initialMessages: { count: 0, withinMs: 0 },
  });
  expect(outcome).toMatchObject({ outcome: 'done', firstMessageMs: null });
});

it('counts the messages before the answer, without quotes, which come when they are published', async () => {
  const outcome = await operateOn((socket) => {
    socket.send(JSON.stringify({ type: 'welcome' }));
    socket.send(JSON.stringify({ type: 'snapshot', quotes: [] }));
    socket.send(JSON.stringify({ type: 'quote', symbol: 'A', sequence: 1 }));
    socket.send('something new');
    answerPings(socket);
  });
  expect(outcome).toMatchObject({ outcome: 'done', messages: 3 });
});

it('takes only the answer to its own ping for one, whatever else arrives', async () => {
  const outcome = await operateOn((socket) => {
    socket.send('one');
    socket.send('two');
    socket.on('message', () => {
      socket.send(JSON.stringify({ type: 'quote', symbol: 'A', sequence: 1 }));
      socket.send(JSON.stringify({ type: 'pong', id: 99 }));
      socket.close(4_000);
    });
  });
  expect(outcome).toEqual({ outcome: 'failed', reason: 'dropped' });
});

it.each<[string, (socket: WebSocket) => void, Partial<OperationPlan>, string]>([
  ['closes before its initial messages', (socket) => socket.close(1_011), {}, 'closed-before-ready'],
  [
    'withholds its initial messages',
    (socket) => socket.send('one'),
    { initialMessages: { count: 2, withinMs: 50 } },
    'no-initial-message',
  ],
])('a server that %s fails the operation', async (_title, onOpen, overrides, reason) => {
  expect(await operateOn(onOpen, overrides)).toEqual({ outcome: 'failed', reason });
});

it('a refused handshake fails the operation with its reason', async () => {
  await using server = await startLocalServer({ answerUpgrade: refuseUpgrade(503) });
  const dial = { url: `ws://127.0.0.1:${String(server.port)}/`, subprotocols: [], headers: {} };
  expect(await runOperation(dial, plan, startClock())).toEqual({ outcome: 'failed', reason: 'overloaded' });
});

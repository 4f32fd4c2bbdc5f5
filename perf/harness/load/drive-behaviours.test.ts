import type { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import type { AgentResult } from './agent-result.ts';
import { pingLoop, subscribeTo, type Behaviour } from './behaviour.ts';
import { conversation, expectMessage, pause, repeat, send } from './conversation.ts';
import { mergeResults } from './merge-results.ts';
import { ramp } from './profile.ts';
import { drivePlan, openedOf } from './testing/drive-plan.ts';
import { loadPlan } from './testing/load-plan.ts';
import { noteWhatIsOpen } from './testing/nothing-is-left.ts';
import { serveWs } from './testing/serve-ws.ts';

/** Two connections that behave so, held until `until` says that it is enough. */
const driveBehaviour = async (
  url: string,
  whileOpen: Behaviour,
  { stop, holdSeconds = 0.5 }: { readonly stop?: AbortController; readonly holdSeconds?: number } = {},
): Promise<AgentResult> =>
  drivePlan(
    loadPlan(url, {
      profile: ramp({
        connections: 2,
        delaySeconds: 0,
        holdSeconds: stop === undefined ? holdSeconds : 3_600,
        whileOpen,
      }),
    }),
    stop === undefined ? {} : { signal: stop.signal },
  );

/** Stops a load once the server has received `count` messages that say `word`, and the client has what was sent before. */
const stopWhen = (count: number): { readonly stop: AbortController; readonly seen: () => void } => {
  const stop = new AbortController();
  let seen = 0;
  return {
    stop,
    seen: () => {
      seen += 1;
      if (seen === count) stop.abort();
    },
  };
};

const onJson = (socket: WebSocket, hear: (message: Record<string, unknown>) => void): void => {
  socket.on('message', (data: Buffer) => {
    hear(JSON.parse(data.toString('utf8')) as Record<string, unknown>);
  });
};

const outcomes = (result: AgentResult): unknown[] => openedOf(result).map((one) => one.conversation);
const both = <Value>(value: Value): Value[] => [value, value];

test.for(['frame', 'message'] as const)(
  'a ping loop by %s sends the next ping when the answer has come, and never two at once',
  async (via) => {
    const nothingIsLeft = noteWhatIsOpen();
    {
      const { stop, seen } = stopWhen(60);
      let atOnce = 0;
      await using server = await serveWs((socket) => {
        socket.on('ping', seen);
        onJson(socket, ({ id }) => {
          atOnce += 1;
          expect(atOnce).toBeLessThanOrEqual(2);
          setTimeout(() => {
            atOnce -= 1;
            socket.send(JSON.stringify({ type: 'pong', id }));
            seen();
          }, 1);
        });
      });
      const { pings } = await driveBehaviour(server.url, pingLoop({ via }), { stop });
      expect(pings.roundTrip.count).toBeGreaterThanOrEqual(50);
      expect(pings.sent).toBeLessThanOrEqual(pings.roundTrip.count + 2);
      expect(pings.roundTripFromDue.count).toBe(0);
    }
    await nothingIsLeft();
  },
);

test('a ping loop whose answer never comes waits for it, and the ping counts as not answered', async () => {
  await using server = await serveWs();
  const { pings } = await driveBehaviour(server.url, pingLoop({ via: 'message' }), { holdSeconds: 1.1 });
  expect(pings).toMatchObject({ sent: 2, roundTrip: { count: 0 }, answered: { hits: 0, total: 2 } });
});

test('a ping loop thinks between an answer and the next ping', async () => {
  await using server = await serveWs();
  const { pings } = await driveBehaviour(server.url, pingLoop({ thinkSeconds: 3_600 }));
  expect(pings).toMatchObject({ sent: 2, roundTrip: { count: 2 } });
});

const quote = (symbol: string, sequence: number): string =>
  JSON.stringify({ type: 'quote', symbol, sequence, epoch: 1, price: 1 });

test('a subscription is confirmed, and quotes of other symbols are told from those asked for', async () => {
  const { stop, seen } = stopWhen(2);
  await using server = await serveWs((socket) => {
    socket.send(quote('MSFT', 1));
    onJson(socket, (message) => {
      expect(message).toEqual({ type: 'subscribe', symbols: ['AAPL', 'NVDA'] });
      socket.send(JSON.stringify({ type: 'subscribed', symbols: message['symbols'] }));
      for (const text of [quote('AAPL', 1), quote('NVDA', 1), quote('MSFT', 2)]) socket.send(text);
      socket.ping();
    });
    socket.on('pong', seen);
  });
  const { subscriptions } = await driveBehaviour(server.url, subscribeTo('AAPL', 'NVDA'), { stop });
  expect(subscriptions).toMatchObject({
    confirmTime: { count: 2 },
    confirmed: { hits: 2, total: 2 },
    quotes: { hits: 4, total: 6 },
  });
});

test('a subscription that nobody confirms is missed, and its quotes are not judged', async () => {
  await using server = await serveWs((socket) => {
    socket.send(JSON.stringify({ type: 'quote', symbol: 'MSFT', sequence: 1, epoch: 1 }));
  });
  const { subscriptions } = await driveBehaviour(server.url, subscribeTo('AAPL'), { holdSeconds: 1.1 });
  expect(subscriptions).toMatchObject({
    confirmTime: { count: 0 },
    confirmed: { hits: 0, total: 2 },
    quotes: { total: 0 },
  });
});

const greeting = conversation(
  expectMessage(/^hello/u),
  send({ type: 'login', user: 'a' }),
  expectMessage({ type: 'ok' }, { withinSeconds: 30 }),
  repeat(
    3,
    send({ type: 'ping', id: 1 }),
    pause(0.005),
    expectMessage({ type: 'pong', id: 1 }, { withinSeconds: 30 }),
  ),
  send('bye'),
  expectMessage('see you', { withinSeconds: 30 }),
);

test('a conversation goes through its steps, whatever else the server says in between', async () => {
  const nothingIsLeft = noteWhatIsOpen();
  {
    const { stop, seen } = stopWhen(2);
    await using server = await serveWs((socket) => {
      // In the same packet as the 101, and so before the client knows of its opening.
      socket.send('hello there');
      socket.on('pong', seen);
      socket.on('message', (data: Buffer) => {
        const text = data.toString('utf8');
        socket.send('noise');
        if (text === 'bye') {
          socket.send('see you');
          socket.ping();
          return;
        }
        const { type, id } = JSON.parse(text) as { type: string; id?: number };
        socket.send(
          JSON.stringify(type === 'login' ? { type: 'ok', extra: [1] } : { type: 'pong', id, extra: 1 }),
        );
      });
    });
    const result = await driveBehaviour(server.url, greeting, { stop });
    expect(outcomes(result)).toEqual(both({ state: 'completed' }));
    expect(result.conversations).toMatchObject({
      stepTime: { count: 12 },
      stepsMet: { hits: 12, total: 12 },
      completed: { hits: 2, total: 2 },
    });
  }
  await nothingIsLeft();
});

const question = (withinSeconds: number) =>
  conversation(send({ ask: 1 }), expectMessage({ answer: 1 }, { withinSeconds }), send({ ask: 2 }));

const failedOnce = {
  stepsMet: { hits: 0, total: 2 },
  completed: { hits: 0, total: 2 },
  stepTime: { count: 0 },
};

test('a step that the server never answers fails when its time is over, and nothing more is sent', async () => {
  const heard: unknown[] = [];
  await using server = await serveWs((socket) => {
    onJson(socket, (message) => heard.push(message));
  });
  const result = await driveBehaviour(server.url, question(0.02));
  expect(outcomes(result)).toEqual(
    both({
      state: 'failed',
      step: '2',
      expected: '{"answer":1} within 20 ms',
      detail: null,
      closeCode: null,
      lateMs: null,
    }),
  );
  expect(result.conversations).toMatchObject(failedOnce);
  expect(heard).toEqual(both({ ask: 1 }));
  expect(openedOf(result).map(({ stable }) => stable)).toEqual([true, true]);
});

test('a wrong answer is kept with the step that it failed', async () => {
  await using server = await serveWs((socket) => {
    onJson(socket, () => {
      socket.send(`{"answer":2,"why":"${'because '.repeat(60)}"}`);
    });
  });
  const result = await driveBehaviour(server.url, question(0.3));
  for (const outcome of outcomes(result)) {
    expect(outcome).toMatchObject({ state: 'failed', step: '2', closeCode: null });
    const { detail } = outcome as { detail: string };
    expect(detail).toMatch(/^\{"answer":2,"why":"because( because)*…$/u);
    expect(detail.length).toBeGreaterThan(190);
    expect(detail.length).toBeLessThanOrEqual(200);
  }
  expect(result.conversations).toMatchObject(failedOnce);
});

test('an answer that comes too late has failed, and by how much is known', async () => {
  const { stop, seen } = stopWhen(2);
  await using server = await serveWs((socket) => {
    socket.on('pong', seen);
    onJson(socket, () => {
      setTimeout(() => {
        socket.send('{"answer":1}');
        socket.ping();
      }, 80);
    });
  });
  const result = await driveBehaviour(server.url, question(0.02), { stop });
  expect(result.conversations).toMatchObject(failedOnce);
  for (const outcome of outcomes(result)) {
    expect(outcome).toMatchObject({ state: 'failed', step: '2' });
    expect((outcome as { lateMs: number }).lateMs).toBeGreaterThanOrEqual(58);
  }
});

test.for([
  ['while an answer is awaited', conversation(send('x'), expectMessage('y')), '"y" within 5000 ms', 2],
  ['during a pause', conversation(send('x'), pause(3_600), send('z')), 'the connection to stay open', 0],
] as const)(
  'a server that closes %s ends the conversation there',
  async ([, behaviour, expected, missed]) => {
    const nothingIsLeft = noteWhatIsOpen();
    {
      await using server = await serveWs((socket) => {
        socket.on('message', () => {
          socket.close(1_011);
        });
      });
      const result = await driveBehaviour(server.url, behaviour);
      expect(outcomes(result)).toEqual(
        both({ state: 'failed', step: '2', expected, detail: null, closeCode: 1_011, lateMs: null }),
      );
      expect(result.conversations).toMatchObject({
        stepsMet: { hits: 0, total: missed },
        completed: { hits: 0, total: 2 },
      });
    }
    await nothingIsLeft();
  },
);

test('an answer that is never given is missed, also where the hold is shorter than the time that it has', async () => {
  await using server = await serveWs();
  const behaviour = conversation(send('x'), expectMessage('never', { withinSeconds: 0.3 }), send('y'));
  const result = await driveBehaviour(server.url, behaviour, { holdSeconds: 0.02 });
  expect(outcomes(result)).toMatchObject(both({ state: 'failed', step: '2', lateMs: null }));
  expect(result.conversations).toMatchObject({ ...failedOnce, unfinished: { count: 0 } });
});

test('what is answered after the hold in time is met, and no further message is sent', async () => {
  const heard: string[] = [];
  await using server = await serveWs((socket) => {
    socket.on('message', (data: Buffer) => {
      heard.push(data.toString('utf8'));
      setTimeout(() => {
        socket.send('y');
      }, 100);
    });
  });
  const behaviour = conversation(send('x'), expectMessage('y', { withinSeconds: 30 }), send('z'));
  const result = await driveBehaviour(server.url, behaviour, { holdSeconds: 0.02 });
  expect(outcomes(result)).toEqual(both({ state: 'unfinished', step: '3' }));
  expect(result.conversations).toMatchObject({
    stepsMet: { hits: 2, total: 2 },
    completed: { total: 0 },
    unfinished: { count: 2 },
  });
  expect(heard).toEqual(['x', 'x']);
});

test('a conversation that the end of the hold cuts short in a pause is counted as unfinished', async () => {
  await using server = await serveWs();
  const behaviour = conversation(repeat(2, pause(0.01)), pause(3_600), expectMessage('never'));
  const result = await driveBehaviour(server.url, behaviour, { holdSeconds: 0.1 });
  expect(outcomes(result)).toEqual(both({ state: 'unfinished', step: '2' }));
  expect(result.conversations).toMatchObject({
    stepsMet: { total: 0 },
    completed: { total: 0 },
    unfinished: { count: 2 },
  });
});

test('an answer to the message before does not answer the next one', async () => {
  await using server = await serveWs((socket) => {
    let answered = 0;
    socket.on('message', () => {
      answered += 1;
      // The first question is answered twice, the second not at all.
      if (answered === 1) for (const text of both('pong')) socket.send(text);
    });
  });
  const behaviour = conversation(
    repeat(2, send('ping'), expectMessage('pong', { withinSeconds: 0.3 }), pause(0.02)),
  );
  const result = await driveBehaviour(server.url, behaviour, { holdSeconds: 1 });
  expect(outcomes(result)).toMatchObject(both({ state: 'failed', step: '1.2 (round 2 of 2)' }));
});

test('a conversation without any wait does not hold up the process', async () => {
  let heard = 0;
  await using server = await serveWs((socket) => {
    socket.on('message', () => {
      heard += 1;
    });
  });
  const result = await driveBehaviour(server.url, conversation(repeat(500, send('x'))), {
    holdSeconds: 1,
  });
  expect(outcomes(result)).toEqual(both({ state: 'completed' }));
  expect(heard).toBe(1_000);
});

test('what two agents heard adds up', async () => {
  await using server = await serveWs((socket) => {
    socket.on('message', () => {
      socket.send('{"answer":1}');
    });
  });
  const behaviour = conversation(send('x'), expectMessage({ answer: 1 }, { withinSeconds: 30 }));
  const parts = await Promise.all([1, 2].map(() => driveBehaviour(server.url, behaviour)));
  expect(mergeResults(parts).conversations).toMatchObject({
    stepTime: { count: 4 },
    stepsMet: { hits: 4, total: 4 },
    completed: { hits: 4, total: 4 },
  });
});

import { expect, test } from 'vitest';
import {
  firstBytes,
  frame,
  onRequest,
  startRawServer,
  switchingProtocols,
} from '../connection/testing/raw-server.ts';
import { Distribution } from '../metrics/distribution.ts';
import type { AgentResult } from './agent-result.ts';
import { returning, type ReturningOptions } from './returning.ts';
import { drivePlan, openedOf } from './testing/drive-plan.ts';
import { loadPlan } from './testing/load-plan.ts';
import { noteWhatIsOpen } from './testing/nothing-is-left.ts';
import { serveWs } from './testing/serve-ws.ts';

const stay = (overrides: Partial<ReturningOptions> = {}) =>
  returning({
    connections: 4,
    delaySeconds: 0,
    durationSeconds: 1.2,
    backoffBaseSeconds: 0.02,
    backoffCapSeconds: 0.1,
    ...overrides,
  });

const awayOf = ({ reconnects }: AgentResult) =>
  Distribution.decode(reconnects?.recoveryTime ?? new Distribution().encode()).samples();

test('whoever the server ends comes back when it was told to, and stays to the end', async () => {
  const nothingIsLeft = noteWhatIsOpen();
  {
    await using server = await serveWs((socket, number) => {
      if (number >= 4) return;
      socket.send(JSON.stringify({ type: 'reconnect', afterMs: 300 }));
      setTimeout(() => {
        socket.close(1_012);
      }, 200);
    });
    const result = await drivePlan({
      ...loadPlan(server.url, { profile: stay() }),
      checksQuotes: true,
      initialMessages: { count: 0, withinMs: 100 },
    });
    expect(result.reconnects).toMatchObject({
      cause: 'ended by the server',
      recovered: { hits: 4, total: 4 },
    });
    expect(awayOf(result).count).toBe(4);
    expect(awayOf(result).min).toBeGreaterThanOrEqual(299);
    const back = openedOf(result).filter(({ retry }) => retry === 1);
    expect(back.map(({ index, stable }) => [index, stable])).toEqual(
      [0, 1, 2, 3].map((index) => [index, true]),
    );
    expect(openedOf(result)).toHaveLength(8);
    expect(result.received).toHaveLength(8);
  }
  await nothingIsLeft();
});

test('without a hint it waits by chance, tries again when it is refused, and comes back as often as it is ended', async () => {
  let asked = 0;
  await using server = await serveWs(
    (socket, number) => {
      if (number < 12) setTimeout(() => socket.close(1_012), 20);
    },
    () => {
      asked += 1;
      return asked > 4 && asked <= 8;
    },
  );
  const result = await drivePlan(loadPlan(server.url, { profile: stay() }));
  expect(result.attempts.filter(({ outcome }) => outcome === 'failed')).toHaveLength(4);
  expect(result.reconnects?.recovered.hits).toBe(result.reconnects?.recovered.total);
  expect(result.reconnects?.recovered.total).toBe(12);
  expect(openedOf(result)).toHaveLength(16);
  const marks = result.attempts.map(({ index, retry }) => `${String(index)}/${String(retry ?? 0)}`);
  expect(new Set(marks).size).toBe(20);
});

test('who is not let in any more gives up after the tries it has', async () => {
  let asked = 0;
  await using server = await serveWs(
    (socket) => setTimeout(() => socket.close(1_012), 50),
    () => {
      asked += 1;
      return asked > 4;
    },
  );
  const result = await drivePlan(loadPlan(server.url, { profile: stay({ tries: 2 }) }));
  expect(result.reconnects).toMatchObject({ recovered: { hits: 0, total: 4 } });
  expect(awayOf(result).count).toBe(0);
});

test('who is told of the end long before the line is closed is away from then on, and owed nothing more', async () => {
  const lineOutlastsCloseMs = 400;
  let opened = 0;
  await using server = await startRawServer((socket) => {
    socket.allowHalfOpen = true;
    onRequest(socket, (request) => {
      opened += 1;
      socket.write(switchingProtocols(request));
      if (opened > 1) {
        socket.on('data', () => socket.end(frame(firstBytes.close, Buffer.from([0x03, 0xe8]))));
        return;
      }
      const hint = JSON.stringify({ type: 'reconnect', afterMs: 0 });
      socket.write(frame(firstBytes.text, hint));
      socket.write(frame(firstBytes.close, Buffer.from([0x03, 0xf4])));
      setTimeout(() => socket.end(), lineOutlastsCloseMs);
    });
  });
  const result = await drivePlan({
    ...loadPlan(server.url, { profile: stay({ connections: 1 }) }),
    checksQuotes: true,
  });
  expect(awayOf(result).min).toBeGreaterThanOrEqual(lineOutlastsCloseMs - 20);
  const [first] = openedOf(result);
  expect((first?.closedAtMs ?? 0) - (result.received?.[0]?.endedAtMs ?? 0)).toBeGreaterThanOrEqual(
    lineOutlastsCloseMs - 20,
  );
});

test('who tried and is still away when the load ends has not recovered, with the tries that it made', async () => {
  let asked = 0;
  await using server = await serveWs(
    (socket) => socket.close(1_012),
    () => {
      asked += 1;
      return asked > 4;
    },
  );
  const { reconnects } = await drivePlan(
    loadPlan(server.url, { profile: stay({ backoffCapSeconds: 5, tries: 1_000 }) }),
  );
  expect(reconnects?.recovered).toMatchObject({ hits: 0, total: 4 });
  const tries = Distribution.decode(reconnects?.tries ?? new Distribution().encode()).samples();
  expect(tries.count).toBe(4);
  expect(tries.mean).toBeCloseTo((asked - 4) / 4);
});

test('who is told to stay away for longer than it may has not recovered; nobody knows of one whose first try is not due', async () => {
  await using server = await serveWs((socket, number) => {
    if (number < 2) socket.send(JSON.stringify({ type: 'reconnect', afterMs: number === 0 ? 1e9 : 1_900 }));
    socket.close(1_012);
  });
  const { reconnects } = await drivePlan({
    ...loadPlan(server.url, { profile: stay({ connections: 2, withinSeconds: 2 }) }),
    checksQuotes: true,
  });
  expect(reconnects?.recovered).toMatchObject({ hits: 0, total: 1 });
});

test('who comes back just before the end is still given the time for its initial messages', async () => {
  await using server = await serveWs((socket, number) => {
    if (number === 0) {
      socket.send(JSON.stringify({ type: 'welcome' }));
      socket.send(JSON.stringify({ type: 'reconnect', afterMs: 1_000 }));
      socket.close(1_012);
    } else setTimeout(() => socket.send(JSON.stringify({ type: 'welcome' })), 500);
  });
  const result = await drivePlan({
    ...loadPlan(server.url, { profile: stay({ connections: 1 }) }),
    checksQuotes: true,
    initialMessages: { count: 1, withinMs: 10_000 },
  });
  expect(openedOf(result).map(({ retry, readyAtMs }) => [retry, readyAtMs !== null])).toEqual([
    [undefined, true],
    [1, true],
  ]);
});

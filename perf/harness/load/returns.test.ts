import { expect, test } from 'vitest';
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

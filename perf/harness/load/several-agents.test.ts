import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { machineClockMs } from '../connection/clock.ts';
import { onRequest, startRawServer, switchingProtocols } from '../connection/testing/raw-server.ts';
import { AgentFleet } from './agent-fleet.ts';
import type { AgentProgress } from './agent-result.ts';
import { constantArrivalRate, hold, ramp } from './profile.ts';
import { runLoad, type RunLoadOptions } from './run-load.ts';
import { agentsOf, isAlive } from './testing/agents-of.ts';
import { loadPlan } from './testing/load-plan.ts';

/** Opens the connection, and ends it at the client's first frame, which is its close. */
const accept = (socket: Socket): void => {
  onRequest(socket, (request) => {
    socket.write(switchingProtocols(request));
    socket.on('data', () => socket.end());
  });
};
const forever = 3_600;

// Whatever became of a load, nothing of it is left.
afterEach(async () => {
  expect(await agentsOf(process.pid)).toEqual([]);
});

/** Waits until so many agents of this process run. */
const agentsWhenThereAre = async (count: number): Promise<number[]> => {
  for (;;) {
    const agents = await agentsOf(process.pid);
    if (agents.length === count) return agents;
    await sleep(2);
  }
};

const agentDied = (message: RegExp): object =>
  expect.objectContaining({
    name: 'HarnessError',
    code: 'AGENT_DIED',
    message: expect.stringMatching(message) as string,
  }) as object;

/** Runs a load and kills its second agent, once, as soon as the progress is as asked. */
const killSecondWhen = (
  options: RunLoadOptions,
  isTime: (progress: AgentProgress) => boolean,
): Promise<unknown> => {
  let isDone = false;
  return runLoad({
    ...options,
    onProgress: (progress) => {
      if (isDone || !isTime(progress)) return;
      isDone = true;
      void agentsOf(process.pid).then((agents) => {
        process.kill(Math.max(...agents), 'SIGKILL');
      });
    },
  });
};

test('three agents together make every attempt of the plan once, from one agreed moment on', async () => {
  await using server = await startRawServer(accept);
  const result = await runLoad({
    plan: loadPlan(server.url, { profile: ramp({ connections: 31, delaySeconds: 0.01, holdSeconds: 0.3 }) }),
    agents: 3,
  });
  expect(result.attempts.map(({ index }) => index)).toEqual(Array.from({ length: 31 }, (_, index) => index));
  expect(result.attempts.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 31 }, () => 'opened'));
  expect(result.attempts.map(({ dueAtMs }) => dueAtMs)).toEqual(
    Array.from({ length: 31 }, (_, index) => index * 10),
  );
  expect(server.accepted).toBe(31);
  expect(result.selfReports).toHaveLength(3);
  expect(Math.max(...result.timeline.map(({ open }) => open))).toBe(31);
  expect(result.timeline.at(-1)).toMatchObject({ started: 31, open: 0, failed: 0 });
});

test('no agent dials before the agreed moment', async () => {
  await using server = await startRawServer(accept);
  const result = await runLoad({
    plan: loadPlan(server.url, { profile: ramp({ connections: 8, delaySeconds: 0 }) }),
    agents: 2,
  });
  for (const attempt of result.attempts) {
    if (attempt.outcome === 'opened') expect(attempt.startedAtMs).toBeGreaterThanOrEqual(0);
  }
});

test('what one agent has opened is held until the last of all agents is decided, and as long as the plan says', async () => {
  const holdMs = 300;
  await using server = await startRawServer((socket) => {
    // The last handshake is never answered: one agent waits for it, and the other with it.
    if (server.accepted < 4) accept(socket);
  });
  const plan = loadPlan(server.url, {
    profile: ramp({ connections: 4, delaySeconds: 0.1, holdSeconds: holdMs / 1_000 }),
  });
  const { attempts, openingOverAtMs } = await runLoad({
    plan: { ...plan, settings: { ...plan.settings, handshakeTimeoutMs: 1_000 } },
    agents: 2,
  });
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['opened', 'opened', 'opened', 'failed']);
  for (const attempt of attempts) {
    if (attempt.outcome !== 'opened') continue;
    expect(attempt.stable).toBe(true);
    // Node's timers may fire up to 1 ms early, and the agents' clocks differ by as much.
    expect(attempt.closedAtMs).toBeGreaterThanOrEqual(openingOverAtMs + holdMs - 2);
  }
});

test('more agents than attempts: those without any have nothing to do', async () => {
  await using server = await startRawServer(accept);
  const result = await runLoad({ plan: loadPlan(server.url), agents: 4 });
  expect(result.attempts).toHaveLength(3);
});

test('an agent that is killed before it is ready fails the load, by its number', async () => {
  await using server = await startRawServer(accept);
  const running = runLoad({ plan: loadPlan(server.url), agents: 2 });
  running.catch(() => undefined);
  const [, second = 0] = (await agentsWhenThereAre(2)).toSorted((a, b) => a - b);
  process.kill(second, 'SIGKILL');
  await expect(running).rejects.toEqual(
    agentDied(/^Load agent 2 of 2 \(process \d+\) ended before it was ready: signal SIGKILL/u),
  );
  expect(server.accepted).toBe(0);
});

test('an agent that is never ready fails the load', async () => {
  await using server = await startRawServer(accept);
  const starting = AgentFleet.start({ plan: loadPlan(server.url), agents: 2, startAllowanceMs: 1 });
  await expect(starting).rejects.toEqual(
    agentDied(/ended before it was ready: it was not ready within 1 ms/u),
  );
});

test('an agent that is killed while connections are opened fails the load', async () => {
  await using server = await startRawServer((socket) => {
    // Every second handshake is never answered: the opening is not over.
    if (server.accepted % 2 === 1) accept(socket);
  });
  const plan = loadPlan(server.url, {
    profile: ramp({ connections: 8, delaySeconds: 0, holdSeconds: forever }),
  });
  await expect(killSecondWhen({ plan, agents: 2 }, ({ point }) => point.started === 8)).rejects.toEqual(
    agentDied(/^Load agent 2 of 2 \(process \d+\) ended before its load was over: signal SIGKILL/u),
  );
});

test('an agent that is killed during the hold fails the load, and the other lets go of its connections', async () => {
  await using server = await startRawServer(accept);
  const plan = loadPlan(server.url, { profile: hold({ connections: 8, holdSeconds: forever }) });
  await expect(killSecondWhen({ plan, agents: 2 }, ({ point }) => point.open === 8)).rejects.toEqual(
    agentDied(/signal SIGKILL/u),
  );
  await server.allClosed();
});

test('an agent that is killed while it sends its result fails the load', async () => {
  // Refused at once; the result of so many is far larger than what a pipe holds.
  const plan = loadPlan('ws://127.0.0.1:1', {
    profile: constantArrivalRate({ attemptsPerSecond: 20_000, durationSeconds: 1, holdSeconds: 0 }),
  });
  let agents: number[] = [];
  const running = runLoad({
    plan,
    onStart: () => {
      void agentsOf(process.pid).then((found) => (agents = found));
    },
    onProgress: ({ point }) => {
      // The last report comes right before the result.
      if (point.failed === 20_000) for (const agent of agents.splice(0)) process.kill(agent, 'SIGKILL');
    },
  });
  await expect(running).rejects.toEqual(
    agentDied(/^Load agent 1 of 1 .* ended before its load was over: signal SIGKILL/u),
  );
});

test('an agent that runs out of memory fails the load, with its last words', async () => {
  const profile = ramp({ connections: 20_000_000, delaySeconds: 1 });
  await using fleet = await AgentFleet.start({
    plan: loadPlan('ws://127.0.0.1:1', { profile }),
    agents: 1,
    execArgv: ['--max-old-space-size=60'],
  });
  await expect(fleet.drive(machineClockMs(), () => undefined)).rejects.toEqual(
    agentDied(/JavaScript heap out of memory/u),
  );
});

test('a stop reaches every agent, and what each measured is kept', async () => {
  await using server = await startRawServer(accept);
  const stop = new AbortController();
  const result = await runLoad({
    plan: loadPlan(server.url, { profile: hold({ connections: 6, holdSeconds: forever }) }),
    agents: 3,
    signal: stop.signal,
    onProgress: ({ point }) => {
      if (point.open === 6) stop.abort();
    },
  });
  expect(result.interrupted).toBe('stopped before its end');
  expect(result.attempts.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'opened'));
});

test('an agent that hangs when it is told to stop fails the load after a while, and is gone', async () => {
  await using server = await startRawServer(accept);
  const stop = new AbortController();
  let frozen = 0;
  const running = runLoad({
    plan: loadPlan(server.url, { profile: hold({ connections: 4, holdSeconds: forever }) }),
    agents: 2,
    signal: stop.signal,
    onProgress: ({ point }) => {
      if (point.open < 4 || frozen !== 0) return;
      frozen = -1;
      void agentsOf(process.pid).then((agents) => {
        frozen = Math.max(...agents);
        process.kill(frozen, 'SIGSTOP');
        stop.abort();
      });
    },
  });
  await expect(running).rejects.toEqual(agentDied(/^Load agent 2 of 2 .* it did not end within \d+ ms/u));
  expect(isAlive(frozen)).toBe(false);
});

import type { Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { machineClockMs } from '../connection/clock.ts';
import { startEpochClock } from '../connection/epoch-clock.ts';
import { onRequest, startRawServer, switchingProtocols } from '../connection/testing/raw-server.ts';
import { AgentFleet } from './agent-fleet.ts';
import type { AgentResult } from './agent-result.ts';
import { ramp } from './profile.ts';
import { runLoad } from './run-load.ts';
import { loadPlan } from './testing/load-plan.ts';

const hourMs = 3_600_000;
/** Far more than the load takes, and far less than the clock jumps. */
const aroundZeroMs = hourMs / 10;

/** Preloaded into a process: its wall clock is right, an hour ahead and an hour behind in turns of 20 ms. */
const jumpingClock = `data:text/javascript,${encodeURIComponent(`
  const now = Date.now;
  Date.now = () => now() + ((Math.floor(performance.now() / 20) % 3) - 1) * ${String(hourMs)};
`)}`;

/** Opens the connection, and ends it at the client's first frame, which is its close. */
const accept = (socket: Socket): void => {
  onRequest(socket, (request) => {
    socket.write(switchingProtocols(request));
    socket.on('data', () => socket.end());
  });
};

const timesOf = ({ attempts, timeline, ...result }: AgentResult): readonly number[] => [
  ...attempts.flatMap((attempt) =>
    attempt.outcome === 'opened'
      ? [attempt.dueAtMs, attempt.startedAtMs, attempt.openedAtMs, attempt.closedAtMs ?? Number.NaN]
      : [Number.NaN],
  ),
  ...timeline.map(({ atMs }) => atMs),
  result.openingOverAtMs,
  result.holdOverAtMs,
  result.finishedAtMs,
];

afterEach(() => {
  vi.restoreAllMocks();
});

test('no time of a load comes from the wall clock: in its agents it jumps by an hour, back and forth', async () => {
  await using server = await startRawServer(accept);
  const profile = ramp({ connections: 8, delaySeconds: 0.02, holdSeconds: 0.1 });
  await using fleet = await AgentFleet.start({
    plan: loadPlan(server.url, { profile }),
    agents: 2,
    execArgv: ['--import', jumpingClock],
  });
  const results = await fleet.drive(machineClockMs() + 50, () => undefined);
  const times = results.flatMap(timesOf);
  expect(times.length).toBeGreaterThan(8 * 4);
  // Not a single NaN either: every attempt was opened.
  expect(times.filter((atMs) => !(Math.abs(atMs) < aroundZeroMs))).toEqual([]);
});

test('nor from the wall clock of the coordinator, which jumps between what it tells its agents', async () => {
  await using server = await startRawServer(accept);
  const now = Date.now.bind(Date);
  let asked = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => {
    asked += 1;
    return now() + ((asked % 3) - 1) * hourMs;
  });
  const { attempts, finishedAtMs } = await runLoad({ plan: loadPlan(server.url), agents: 2 });
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['opened', 'opened', 'opened']);
  expect(finishedAtMs).toBeLessThan(aroundZeroMs);
});

test('a step of the wall clock is seen by the clock that dates messages, and does not move it', () => {
  const clock = startEpochClock();
  const before = clock.now();
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() - hourMs);
  expect(clock.now() - before).toBeLessThan(aroundZeroMs);
  expect(clock.now()).toBeGreaterThanOrEqual(before);
  expect(Math.round(clock.driftMs() / hourMs)).toBe(-1);
});

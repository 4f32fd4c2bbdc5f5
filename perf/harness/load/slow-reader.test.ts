import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catchUpWithinMs, SlowReader } from './slow-reader.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A slow reader from 100 to 300 ms of a load whose clock is the faked one; 7 bytes arrive whenever it reads again. */
const makeReader = () => {
  const startedAtMs = performance.now();
  const heard: string[] = [];
  const line = {
    bytesReceived: 0,
    stopReading: () => heard.push('stop'),
    readAgain: () => {
      heard.push('read');
      line.bytesReceived += 7;
    },
    ping: (id: number) => heard.push(`ping ${String(id)}`),
  };
  const reader = new SlowReader(
    { oneIn: 1, stopAtMs: 100, forMs: 200 },
    () => performance.now() - startedAtMs,
    line,
  );
  return { reader, heard };
};

const pingId = 4_294_967_295;

test('it stops at its time, reads again when that is over, and pings then', () => {
  const { reader, heard } = makeReader();
  reader.start();
  vi.advanceTimersByTime(99);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(['stop']);
  vi.advanceTimersByTime(199);
  expect(heard).toEqual(['stop']);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(['stop', 'read', `ping ${String(pingId)}`]);
});

test('the answer to that ping, and to no other, says that it has caught up', () => {
  const { reader } = makeReader();
  reader.start();
  vi.advanceTimersByTime(350);
  expect(reader.hearPong(0)).toBe(false);
  expect(reader.outcome).toEqual({ state: 'undecided', stoppedAtMs: 100 });
  expect(reader.hearPong(pingId)).toBe(true);
  reader.end(1_006);
  expect(reader.outcome).toEqual({
    state: 'caught-up',
    stoppedAtMs: 100,
    readAgainAtMs: 300,
    caughtUpAtMs: 350,
    unreadBytes: 7,
  });
});

test.for<readonly [what: string, endsAfterMs: number, closeCode: number | null, outcome: object]>([
  ['ended by the server before its time, it never stopped', 50, 1_013, { state: 'never-stopped' }],
  ['left before its time, it never stopped', 50, null, { state: 'never-stopped' }],
  [
    'ended while it did not read, it was closed',
    150,
    1_006,
    { state: 'closed', stoppedAtMs: 100, closeCode: 1_006, unreadBytes: 0 },
  ],
  [
    'ended while it read what had piled up, it was closed',
    400,
    1_013,
    { state: 'closed', stoppedAtMs: 100, closeCode: 1_013, unreadBytes: 7 },
  ],
  ['left while it did not read, nothing is known', 150, null, { state: 'undecided', stoppedAtMs: 100 }],
  [
    'left before it had the time to catch up, nothing is known',
    299 + catchUpWithinMs,
    null,
    { state: 'undecided', stoppedAtMs: 100 },
  ],
  [
    'left when it had the time, it was behind',
    300 + catchUpWithinMs,
    null,
    { state: 'behind', stoppedAtMs: 100, readAgainAtMs: 300 },
  ],
])('%s', ([, endsAfterMs, closeCode, outcome]) => {
  const { reader } = makeReader();
  reader.start();
  vi.advanceTimersByTime(endsAfterMs);
  reader.end(closeCode);
  expect(reader.outcome).toEqual(outcome);
  expect(vi.getTimerCount()).toBe(0);
});

test('a connection that opens after the others stopped reads like all others', () => {
  const { reader, heard } = makeReader();
  vi.advanceTimersByTime(101);
  reader.start();
  vi.advanceTimersByTime(1_000);
  expect(heard).toEqual([]);
  expect(reader.outcome).toEqual({ state: 'never-stopped' });
});

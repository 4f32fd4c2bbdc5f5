import { expect, test } from 'vitest';
import { coreWaitOf, machineTicksOf, machineWaitOf, readProcessor } from './processor-reading.ts';

test('the wait for a core is the second number of schedstat, in ns', () => {
  expect(coreWaitOf('1529922050 64703217 197\n')).toBeCloseTo(64.703);
});

test.for([[null], [''], ['0 0 1\n']])('schedstat %j tells nothing', ([text]) => {
  expect(coreWaitOf(text ?? null)).toBeNull();
});

test('the machine’s ticks are those of the first line of stat; guests are counted in user', () => {
  const stat = 'cpu  100 5 40 800 20 1 9 25 50 2\ncpu0 1 1 1 1 1 1 1 1 1 1\n';
  expect(machineTicksOf(stat)).toEqual({ totalTicks: 1_000, busyTicks: 180, stolenTicks: 25 });
  expect([machineTicksOf(null), machineTicksOf('cpu  1 2 3\n')]).toEqual([null, null]);
});

test('pressure is the total of the line "some", in µs', () => {
  const pressure =
    'some avg10=8.86 avg60=5.80 avg300=6.07 total=1749511375\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n';
  expect(machineWaitOf(pressure)).toBeCloseTo(1_749_511.375);
  expect([machineWaitOf(null), machineWaitOf('nothing')]).toEqual([null, null]);
});

test('work shows in the reading of this process', () => {
  const before = readProcessor();
  const untilMs = performance.now() + 30;
  while (performance.now() < untilMs);
  const after = readProcessor();
  expect(after.atMs - before.atMs).toBeGreaterThanOrEqual(30);
  expect(after.cpuMs).toBeGreaterThan(before.cpuMs);
});

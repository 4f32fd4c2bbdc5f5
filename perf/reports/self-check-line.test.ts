import { expect, test } from 'vitest';
import { calmSelfReport } from '../harness/load/testing/calm-self-report.ts';
import { selfCheckLine } from './self-check-line.ts';

test('one agent says what it used and how long answers waited', () => {
  expect(selfCheckLine({ selfReports: [calmSelfReport()] })).toBe(
    'Self-check: CPU 20 % of a core · answers waited 0.100 ms in the generator, p95 0.500 ms · 10 starts/s of 10 planned, 1 a turn',
  );
});

test('of several agents the worst is shown, and their starts together', () => {
  const busy = calmSelfReport({
    opening: { cpuRatio: 0.99, machineBusyRatio: 0.99, wait: { meanMs: 3, p95Ms: 12, p99Ms: 20, maxMs: 30 } },
  });
  expect(selfCheckLine({ selfReports: [calmSelfReport(), busy] })).toBe(
    'Self-check: CPU 99 % of a core · answers waited 3.0 ms in the generator, p95 12.0 ms · 20 starts/s of 20 planned, 1 a turn · all cores of this machine in use',
  );
});

test('a burst has no planned rate', () => {
  const pacing = { plannedPerSecond: null, achievedPerSecond: 4_321 };
  expect(selfCheckLine({ selfReports: [calmSelfReport({ pacing })] })).toMatch(
    / · 4321 starts\/s, 1 a turn$/u,
  );
});

test('what was not seen is not printed', () => {
  const pacing = { startsPerTurn: null, achievedPerSecond: null };
  expect(selfCheckLine({ selfReports: [calmSelfReport({ opening: { wait: null }, pacing })] })).toBe(
    'Self-check: CPU 20 % of a core',
  );
  expect(selfCheckLine({ selfReports: [] })).toBeNull();
});

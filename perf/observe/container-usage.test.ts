import { expect, test } from 'vitest';
import { readContainerStatistics } from './container-usage.ts';

const cpu = { cpu_usage: { total_usage: 1_500_000_000 } };

test.for([
  [
    { cpu_stats: cpu, memory_stats: { usage: 100, stats: { inactive_file: 20, active_file: 10 } } },
    { cpuMs: 1_500, memoryBytes: 70 },
  ],
  [
    {
      cpu_stats: cpu,
      memory_stats: { usage: 100, stats: { total_inactive_file: 25, total_active_file: 15 } },
    },
    { cpuMs: 1_500, memoryBytes: 60 },
  ],
  [
    { cpu_stats: cpu, memory_stats: { usage: 100 } },
    { cpuMs: 1_500, memoryBytes: 100 },
  ],
  [{ cpu_stats: cpu, memory_stats: {} }, null],
  [{ cpu_stats: {}, memory_stats: { usage: 100 } }, null],
  [{}, null],
])('%j reads as %j', ([statistics, usage]) => {
  expect(readContainerStatistics(JSON.stringify(statistics))).toEqual(usage);
});

test('a line that is no JSON is no reading', () => {
  expect(readContainerStatistics('{"cpu_stats":')).toBeNull();
});

import { expect, test } from 'vitest';
import { parsePrometheusText } from './prometheus-text.ts';
import { readServerMetrics } from './server-metrics.ts';

const read = (text: string) => readServerMetrics(parsePrometheusText(text) ?? []);

test('figures of the process are read under their usual names', () => {
  const text = `process_start_time_seconds 1700000000
process_resident_memory_bytes 1.2e8
process_cpu_seconds_total 1.5
nodejs_eventloop_lag_p99_seconds 0.011
redis_circuit_state 0
`;
  expect(read(text)).toEqual({
    startedAtEpochMs: 1_700_000_000_000,
    memoryBytes: 120_000_000,
    cpuMs: 1_500,
    eventLoopDelayP99Ms: 11,
    circuit: 'closed',
  });
});

test('what a server does not say is not known', () => {
  expect(read('process_cpu_seconds_total NaN\nother 1\n')).toEqual({
    startedAtEpochMs: null,
    memoryBytes: null,
    cpuMs: null,
    eventLoopDelayP99Ms: null,
    circuit: null,
  });
});

test.each([
  ['redis_circuit_state 1', 'half-open'],
  ['redis_circuit_state 2', 'open'],
  ['redis_circuit_state 7', null],
  ['circuit_breaker_state{state="open"} 0\ncircuit_breaker_state{state="half_open"} 1', 'half-open'],
  ['circuit_breaker_state{name="a"} 0\ncircuit_breaker_state{name="b"} 2', 'open'],
  ['circuit_breaker_state{state="odd"} 1', null],
  ['redis_circuit_opened_total 3', null],
] as const)('%s is %s, the worst of several', (text, circuit) => {
  expect(read(`${text}\n`).circuit).toBe(circuit);
});

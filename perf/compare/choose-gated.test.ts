import { expect, test } from 'vitest';
import { chooseGated } from './choose-gated.ts';

const names = (
  named: readonly string[],
  options: { readonly seesServers?: boolean } = {},
): { gated: readonly string[]; problems: readonly string[] } => {
  const problems: string[] = [];
  const gated = chooseGated(named, problems, options).map(({ name }) => name);
  return { gated, problems };
};

test('connect time, ping round trip and server CPU gate unless others are named', () => {
  expect(names([])).toEqual({ gated: ['connect', 'ping', 'server-cpu'], problems: [] });
});

test('those named gate, and no others', () => {
  expect(names(['throughput', 'connect-p95'])).toEqual({
    gated: ['connect-p95', 'throughput'],
    problems: [],
  });
});

test('p99 never gates', () => {
  expect(names(['connect-p99'])).toEqual({
    gated: [],
    problems: ['connect-p99 never gates: its interval is too wide to decide by. Gate by connect-p95.'],
  });
});

test.for(['latency', 'capacity'])('%s is a problem, with the names that can be gated', (name) => {
  expect(names([name]).problems).toEqual([
    `There is no metric "${name}" to gate by. Known: connect, ping, server-cpu, first-message, connect-p95, ping-p95, memory, throughput.`,
  ]);
});

test('of servers that run elsewhere only what a client sees gates', () => {
  expect(names([], { seesServers: false })).toEqual({ gated: ['connect', 'ping'], problems: [] });
  expect(names(['memory'], { seesServers: false })).toEqual({
    gated: [],
    problems: [
      'memory can not be read of servers given by --base-url and --head-url. Gate by connect, ping, first-message, connect-p95, ping-p95, throughput, or let the servers be started here.',
    ],
  });
});

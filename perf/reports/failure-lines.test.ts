import { expect, test } from 'vitest';
import type { FailureCount } from '../harness/record/run-record.ts';
import { failureLines } from './failure-lines.ts';

const failure = (count: number, changes: Partial<FailureCount>): FailureCount => ({
  reason: 'overloaded',
  status: 503,
  closeCode: null,
  detail: null,
  count,
  ...changes,
});

test('the most frequent reason comes first, and each has its likely cause once', () => {
  const lines = failureLines(
    [
      failure(2, {}),
      failure(3, { reason: 'http-status', status: 500, detail: 'boom' }),
      failure(5, { reason: 'http-status', status: 404 }),
    ],
    100,
  );
  expect(lines).toMatchInlineSnapshot(`
    [
      "Failures by reason:",
      "  http-status 5 (HTTP 404)",
      "  http-status 3 (HTTP 500) – boom",
      "    likely: the address answers, but not with a WebSocket: check the path and what stands before the",
      "      server",
      "  overloaded 2 (HTTP 503)",
      "    likely: server overload: it said so itself; check its limits on connections, its CPU and memory",
    ]
  `);
});

test('without failures there is nothing to say', () => {
  expect(failureLines([], 100)).toEqual([]);
});

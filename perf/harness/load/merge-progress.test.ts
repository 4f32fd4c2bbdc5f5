import { expect, test } from 'vitest';
import { Distribution } from '../metrics/distribution.ts';
import type { AgentProgress } from './agent-result.ts';
import { ProgressMerger } from './merge-progress.ts';

const progress = (atMs: number, open: number, connectTimesMs: readonly number[] = []): AgentProgress => {
  const connectTime = new Distribution();
  for (const one of connectTimesMs) connectTime.record(one);
  return {
    point: { atMs, started: open, open, failed: 1, failedAfterOpening: 0, messages: 0 },
    failures: { refused: 1 },
    connectTime: connectTime.encode(),
    soFar: { messagesReceived: { kind: 'counter', count: open } },
  };
};

const merging = (agents: number): { readonly merger: ProgressMerger; readonly seen: AgentProgress[] } => {
  const seen: AgentProgress[] = [];
  return { seen, merger: new ProgressMerger(agents, (one) => seen.push(one)) };
};

test('agents that each report once make one report, their sum', () => {
  const { merger, seen } = merging(2);
  merger.receive(0, progress(250, 3, [1, 1, 1]));
  expect(seen).toEqual([]);
  merger.receive(1, progress(251, 4, [9, 9, 9, 9]));
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ point: { atMs: 251, open: 7, failed: 2 }, failures: { refused: 2 } });
  expect(seen[0]?.soFar).toEqual({ messagesReceived: { kind: 'counter', count: 7 } });
  const connectTime = Distribution.decode(seen[0]?.connectTime ?? new Distribution().encode());
  // Of all seven; the average of the agents' medians would be 5.
  expect(connectTime.percentileMs(50)).toBeCloseTo(9, 1);
});

test('an agent that is over does not hold up the others, and stays counted', () => {
  const { merger, seen } = merging(2);
  merger.receive(0, progress(250, 3));
  merger.receive(1, progress(250, 4));
  merger.receive(0, progress(500, 5));
  merger.receive(0, progress(750, 6));
  expect(seen.map(({ point }) => point.open)).toEqual([7, 9]);
});

test('the reports of one agent pass as they are', () => {
  const { merger, seen } = merging(1);
  const only = progress(250, 1);
  merger.receive(0, only);
  expect(seen).toEqual([only]);
  expect(seen[0]).toBe(only);
});

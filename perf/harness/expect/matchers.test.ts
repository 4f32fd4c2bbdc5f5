import { expect, test } from 'vitest';
import { connectSuccess, initialMessages } from '../metrics/catalogue.ts';
import { atLeast } from '../thresholds/threshold.ts';
import { matchers } from './matchers.ts';
import { judgeable } from './run.ts';

expect.extend(matchers);

const makeRun = () =>
  judgeable({
    metrics: {
      [connectSuccess.name]: { kind: 'rate', hits: 1, total: 2 },
      [initialMessages.name]: { kind: 'rate', hits: 1, total: 1 },
    } as const,
    counts: {
      planned: 2,
      attempted: 2,
      successful: 1,
      failed: 1,
      notStarted: 0,
      ready: 1,
      stable: 1,
      messagesReceived: 1,
    },
    failures: [],
    validity: { conclusive: true, checks: [] },
    interrupted: null,
    warmUp: null,
    endedEarly: null,
    outlook: null,
    judgedBy: 'observed',
    slots: { slotMs: 1_000, fromMs: 0, untilMs: 5_000, metrics: {} },
  });

test('all thresholds are judged and written down, though the first is broken', () => {
  const run = makeRun();
  expect(() => {
    expect(run).toMeet(atLeast(connectSuccess, 'ratio', 1), atLeast(initialMessages, 'ratio', 1));
  }).toThrow(/Promise broken: success rate ≥ 100\.0 %/u);
  expect(run.verdicts.map(({ outcome }) => outcome)).toEqual(['broken', 'met']);
});

test.for([
  [
    'what is no run',
    () => {
      expect({}).toMeet(atLeast(connectSuccess, 'ratio', 1));
    },
    /toMeet judges a run/u,
  ],
  [
    'no threshold',
    () => {
      expect(makeRun()).toMeet();
    },
    /at least one threshold/u,
  ],
  [
    'what is no threshold',
    () => {
      expect(makeRun()).toMeet(500 as never);
    },
    /was given 500, but it takes thresholds/u,
  ],
  [
    '.not',
    () => {
      expect(makeRun()).not.toMeet(atLeast(connectSuccess, 'ratio', 1));
    },
    /state the opposite limit/u,
  ],
] as const)('%s is a TypeError', ([, judge, message]) => {
  expect(judge).toThrow(TypeError);
  expect(judge).toThrow(message);
});

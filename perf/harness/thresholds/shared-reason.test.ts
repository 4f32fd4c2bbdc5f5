import { expect, test } from 'vitest';
import { connectSuccess, connectTime, initialMessages } from '../metrics/catalogue.ts';
import { explainVerdicts } from './explain-verdicts.ts';
import { isPromiseMessage, type ExplainedRun } from './describe-verdict.ts';
import { atLeast, below, type Threshold } from './threshold.ts';
import type { Verdict } from './verdict.ts';
import { verdictLines } from './verdict-lines.ts';

const run: ExplainedRun = {
  warmUp: null,
  metrics: {},
  counts: {
    planned: 20,
    attempted: 20,
    successful: 20,
    failed: 0,
    notStarted: 0,
    ready: 20,
    stable: 20,
    messagesReceived: 40,
  },
  failures: [],
};
const unsure = (threshold: Threshold, observed: number, reason: string): Verdict => ({
  threshold,
  samples: 20,
  outcome: 'inconclusive',
  observed,
  reason,
});
const reason = 'the generator could not measure truly';
const fast = below(connectTime, 'mean', 500);
const succeeds = atLeast(connectSuccess, 'ratio', 1);
const greeted = atLeast(initialMessages, 'ratio', 1);
const broken: Verdict = { threshold: succeeds, samples: 20, outcome: 'broken', observed: 0.5 };

test('promises that are inconclusive for one reason say it once', () => {
  expect(verdictLines([unsure(fast, 5, reason), unsure(succeeds, 1, reason), unsure(greeted, 1, 'other')]))
    .toMatchInlineSnapshot(`
    [
      {
        "outcome": "inconclusive",
        "text": "? average connect time < 500 ms: observed 5.0 ms",
      },
      {
        "outcome": "inconclusive",
        "text": "? success rate ≥ 100.0 %: observed 100.0 %",
      },
      {
        "outcome": "inconclusive",
        "text": "? these 2 are inconclusive: the generator could not measure truly",
      },
      {
        "outcome": "inconclusive",
        "text": "? initial messages ≥ 100.0 %: observed 100.0 %; inconclusive: other",
      },
    ]
  `);
  const message = explainVerdicts([unsure(fast, 5, reason), unsure(succeeds, 1, reason)], run);
  expect(message).toMatchInlineSnapshot(`
    "Inconclusive: 2 promises, because the generator could not measure truly
      average connect time < 500 ms: observed 5.0 ms
      success rate ≥ 100.0 %: observed 100.0 %
      attempts  20: 20 successful, 0 failed, 20 ready, 20 stable"
  `);
  expect(isPromiseMessage(message)).toBe(true);
});

test('what is broken, or inconclusive for a reason of its own, is explained alone', () => {
  const message = explainVerdicts([broken, unsure(fast, 5, reason), unsure(greeted, 1, 'other')], run);
  expect(message.match(/^(?:Promise broken|Inconclusive): .*$/gmu)).toEqual([
    'Promise broken: success rate ≥ 100.0 %',
    `Inconclusive: average connect time < 500 ms, because ${reason}`,
    'Inconclusive: initial messages ≥ 100.0 %, because other',
  ]);
});

test('a reason that comes back after another verdict is said again', () => {
  const lines = verdictLines([unsure(fast, 5, reason), broken, unsure(greeted, 1, reason)]);
  expect(lines.map(({ outcome }) => outcome)).toEqual(['inconclusive', 'broken', 'inconclusive']);
  expect(lines.filter(({ text }) => text.endsWith(`inconclusive: ${reason}`))).toHaveLength(2);
});

import { expect, test } from 'vitest';
import { connectSuccess, connectTime } from '../metrics/catalogue.ts';
import { Distribution } from '../metrics/distribution.ts';
import { gradeEarlyEnd } from './grade-early-end.ts';
import type { Grade } from './grade.ts';

/** Of 100 attempts at most these were decided when the load was ended; each opened one took `connectMs`. */
const gradeOf = (opened: number, failed: number, connectMs: number): Grade => {
  const values = new Distribution();
  values.record(connectMs, opened);
  const settled = opened + failed;
  const counts = {
    planned: 100,
    attempted: settled,
    successful: opened,
    failed,
    notStarted: 100 - settled,
    ready: opened,
    stable: opened,
    messagesReceived: 0,
  };
  return gradeEarlyEnd(
    {
      metrics: {
        [connectTime.name]: values.samples(),
        [connectSuccess.name]: { kind: 'rate', hits: opened, total: settled },
      },
      counts,
      failures: [],
    },
    {
      soFar: {
        [connectTime.name]: { kind: 'trend', values: values.encode(), settled },
        [connectSuccess.name]: { kind: 'rate', hits: opened, misses: failed, settled },
      },
      mostAttempts: 100,
    },
  );
};

test.for<[string, number, number, number, Grade['word'], readonly string[]]>([
  ['where all are refused is poor', 0, 6, 0, 'poor', ['Success Rate']],
  ['where 6 of 80 are refused is warning', 74, 6, 10, 'warning', ['Success Rate']],
  ['whose connections take 2 s is poor', 40, 0, 2_000, 'poor', ['Connection Time']],
  ['whose connections take 0.9 s is warning', 80, 0, 900, 'warning', ['Connection Time']],
  ['that is slow and refuses is poor', 40, 20, 2_000, 'poor', ['Connection Time', 'Success Rate']],
  ['whose indicators may all still become good is not graded', 10, 2, 2_000, 'not graded', []],
])('a load that was ended early %s', ([, opened, failed, ms, word, names]) => {
  const grade = gradeOf(opened, failed, ms);
  expect(grade.word).toBe(word);
  expect(grade.indicators.map(({ name }) => name)).toEqual(names);
  for (const { text } of grade.indicators) expect(text).toMatch(/, when the load was ended$/u);
});

import { expect, test } from 'vitest';
import { parseRunRecord } from './parse-run-record.ts';
import { everyRecord } from './testing/every-record.ts';

const [record] = everyRecord;
const text = JSON.stringify(record);

test('a record is read as it was written', () => {
  expect(parseRunRecord(text)).toEqual({ outcome: 'read', value: record });
});

test.each([
  ['nothing', ' ', 'it is empty'],
  ['half a record', text.slice(0, 300), 'it is no JSON, or cut off'],
  ['a list', '[]', 'it is none of ws-perf-gate/run'],
  ['null', 'null', 'it is none of ws-perf-gate/run'],
  ['another layout', '{"schema":"other","version":1}', 'it is none of ws-perf-gate/run'],
  ['no version', '{"schema":"ws-perf-gate/run"}', 'it says no version of its layout'],
  [
    'a newer version',
    JSON.stringify({ ...record, version: 2 }),
    'it was written by a newer ws-perf-gate (version 2 of the layout, and this is 1). Update ws-perf-gate',
  ],
  [
    'an older version',
    JSON.stringify({ ...record, version: 0 }),
    'it was written by an older ws-perf-gate (version 0 of the layout, and this is 1). Read it with that release',
  ],
  [
    'a number that is a text',
    JSON.stringify({ ...record, quotesNotJudged: '3' }),
    'it is damaged: "quotesNotJudged": Invalid input: expected number, received string',
  ],
])('%s is one clear reason', (_what, content, reason) => {
  expect(parseRunRecord(content)).toEqual({ outcome: 'unreadable', reason });
});

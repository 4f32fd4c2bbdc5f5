import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { array, assert, double, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { assertSchemasAgree } from '../../harness/record/testing/assert-schemas-agree.ts';
import { historyRecordSchema, type HistoryRecord } from './history-record.ts';
import { historyRecordJsonSchema } from './history-record-json-schema.ts';
import { makeComparisonRecord, makeScenariosRecord } from './testing/make-history-record.ts';

const ajv = new Ajv2020({ strict: true, allErrors: false });
addFormats.default(ajv);
const matches = ajv.compile(historyRecordJsonSchema());

const records: readonly HistoryRecord[] = [makeScenariosRecord(), makeComparisonRecord()];

test('the published JSON Schema is that of the code', async () => {
  await expect(`${JSON.stringify(historyRecordJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    './history-record.schema.json',
  );
});

test.each(records)('a record of $kind follows the JSON Schema', (record) => {
  expect([matches(record), matches.errors]).toEqual([true, null]);
});

test('whatever is changed in a record, the JSON Schema and the code agree', () => {
  assertSchemasAgree({ schema: historyRecordSchema, matches, examples: records }, { numRuns: 1_000 });
});

test('any finite figure and any text may stand in a record', () => {
  const finite = double({ noNaN: true, noDefaultInfinity: true });
  assert(
    property(
      array(finite, { maxLength: 20 }),
      string({ maxLength: 200 }),
      integer({ min: 1 }),
      (figures, text, attempt) => {
        const comparison = makeComparisonRecord();
        const changed = {
          ...comparison,
          attempt: Math.abs(attempt),
          project: text,
          metrics: comparison.metrics.map((metric) =>
            Object.assign(metric, { blocks: figures.map((base) => ({ base, head: null })) }),
          ),
        };
        expect(matches(changed)).toBe(true);
        expect(historyRecordSchema.safeParse(changed).success).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});

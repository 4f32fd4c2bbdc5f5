import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { everyRecord } from '../harness/record/testing/every-record.ts';
import { runRecordJsonSchema } from '../harness/record/run-record-json-schema.ts';
import { parseVersioned } from '../harness/record/parse-versioned.ts';
import { jsonReport } from './json.ts';
import { sessionOf, sessionReportJsonSchema, sessionReportLayout } from './session-report.ts';
import { makeScenario, makeSession } from './testing/make-record.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);
const matches = ajv.addSchema(runRecordJsonSchema()).compile(sessionReportJsonSchema());

const errors = [{ message: 'Promise broken', line: 12 }];
const session = makeSession({ scenarios: [makeScenario({ records: everyRecord, errors })], faults: ['odd'] });
const text = jsonReport(session, 1);

test('the published JSON Schema is that of the code', async () => {
  await expect(`${JSON.stringify(sessionReportJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    './session-report.schema.json',
  );
});

test('a session follows the JSON Schema, and is read back as it was', () => {
  expect([matches(JSON.parse(text)), matches.errors]).toEqual([true, null]);
  const reading = parseVersioned(text, [sessionReportLayout]);
  expect(reading.outcome === 'read' ? sessionOf(reading.value) : reading).toMatchObject(session);
});

test('a session that is not what its layout says is not written', () => {
  expect(() => jsonReport({ ...session, startUpMs: Number.NaN }, 0)).toThrow(/"startUpMs".*please report/u);
});

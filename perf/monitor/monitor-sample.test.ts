import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { AlertBoard } from './alert-board.ts';
import { defaultAlertRules } from './alert-rules.ts';
import { monitorSampleJsonSchema } from './monitor-sample-json-schema.ts';
import { monitorSampleSchema } from './monitor-sample.ts';
import { MonitorSeries } from './monitor-series.ts';
import { away, metrics, readingAt, statistics } from './testing/make-reading.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const matches = ajv.compile(monitorSampleJsonSchema());

test('the published JSON Schema is that of the code', async () => {
  await expect(`${JSON.stringify(monitorSampleJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    './monitor-sample.schema.json',
  );
});

test('every line follows it: a first look, a server that is away, has no endpoints, or says all there is', () => {
  const series = new MonitorSeries(60_000);
  const board = new AlertBoard(defaultAlertRules());
  const readings = [
    readingAt(0),
    readingAt(5, away),
    readingAt(10, { kind: 'unmonitored', reason: 'HTTP 404' }),
    readingAt(15, { kind: 'active-connections', open: 1, peak: 2 }),
    readingAt(20, statistics({ attempts: 150, connectTimesSeconds: [1, 2] }), metrics({ circuit: 'open' })),
  ];
  const lines = readings.map((reading) =>
    JSON.stringify(
      board.judge(
        series.add(reading, [
          { outcome: 'opened', connectTimeMs: 1.5, firstMessageMs: null },
          { outcome: 'failed', afterMs: 1, reason: 'refused', detail: 'ECONNREFUSED' },
        ]),
      ),
    ),
  );
  for (const line of lines) {
    const read: unknown = JSON.parse(line);
    expect([matches(read), matches.errors]).toEqual([true, null]);
    expect(monitorSampleSchema.parse(read)).toEqual(read);
  }
  expect(lines.at(-1)).toContain('"alert":"circuit-open"');
});

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { attemptLineSchema } from './attempt-line.ts';
import { attemptLineJsonSchema, runRecordJsonSchema } from './run-record-json-schema.ts';
import { runRecordSchema } from './run-record.ts';
import { assertSchemasAgree } from './testing/assert-schemas-agree.ts';
import { everyAttempt, everyRecord } from './testing/every-record.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);

interface Layout {
  readonly file: string;
  readonly published: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType;
  readonly examples: readonly unknown[];
  readonly matches: ValidateFunction;
}

const layouts: readonly Layout[] = [
  {
    file: './run-record.schema.json',
    published: runRecordJsonSchema(),
    schema: runRecordSchema,
    examples: everyRecord,
  },
  {
    file: './attempt-line.schema.json',
    published: attemptLineJsonSchema(),
    schema: attemptLineSchema,
    examples: everyAttempt,
  },
].map((layout) => Object.assign(layout, { matches: ajv.compile(layout.published) }));

test.each(layouts)('$file is that of the code', async ({ file, published }) => {
  await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot(file);
});

test.each(layouts)('what $file is about follows it, and is read back with nothing left out', (layout) => {
  for (const example of layout.examples) {
    expect([layout.matches(example), layout.matches.errors]).toEqual([true, null]);
    expect(layout.schema.parse(example)).toEqual(example);
  }
});

test.each(layouts)('whatever is changed, $file and the code agree', (layout) => {
  assertSchemasAgree(layout, { numRuns: 500 });
});

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { assert, constantFrom, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { attemptLineSchema } from './attempt-line.ts';
import { attemptLineJsonSchema, runRecordJsonSchema } from './run-record-json-schema.ts';
import { runRecordSchema } from './run-record.ts';
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

/** Every place in a value, as a list of keys. */
const placesOf = (value: unknown, place: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [place, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...place, key]))]
    : [place];

const put = (value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown => {
  if (key === undefined) return replacement;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = put(copy[key], rest, replacement);
  return copy;
};

const replacements = constantFrom<unknown>(undefined, null, '', 'text', 0, -1, 1.5, true, [], {}, '2026-13');

test.each(layouts)('whatever is changed, $file and the code agree', ({ schema, examples, matches }) => {
  const changes = constantFrom(...examples).chain((example) =>
    tuple(constantFrom(...placesOf(example)), replacements).map(
      ([place, replacement]) =>
        // As it would be read from a file.
        JSON.parse(JSON.stringify(put(example, place, replacement) ?? null)) as unknown,
    ),
  );
  assert(
    property(changes, (changed) => {
      expect(matches(changed), JSON.stringify(changed)).toBe(schema.safeParse(changed).success);
    }),
    { numRuns: 500 },
  );
});

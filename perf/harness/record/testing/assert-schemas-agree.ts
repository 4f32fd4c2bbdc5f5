import { assert, constantFrom, property, tuple } from 'fast-check';
import { expect } from 'vitest';
import type { z } from 'zod';

/** A layout in two forms: as the code checks it, and as JSON Schema for others. */
export interface TwofoldSchema {
  readonly schema: z.ZodType;
  /** Of the JSON Schema. */
  readonly matches: (value: unknown) => unknown;
  /** Values that follow both. */
  readonly examples: readonly unknown[];
}

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

const replacements = constantFrom<unknown>(
  undefined,
  null,
  '',
  'text',
  0,
  -1,
  1.5,
  true,
  [],
  {},
  '2026-13',
  '2026-13-40',
);

/** Expects both forms to take or to refuse an example together, whatever is changed in it at one place. */
export const assertSchemasAgree = (
  { schema, matches, examples }: TwofoldSchema,
  { numRuns }: { readonly numRuns: number },
): void => {
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
    { numRuns },
  );
};

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { validityLimits } from '../validity/validity-limits.ts';
import { catalogue } from './catalogue.ts';

const page = await readFile(new URL('../README.md', import.meta.url), 'utf8');

/** The cells of every table row, as the formatter aligned them or not. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const rowOf = (name: string): readonly string[] | undefined =>
  rows.find(([first]) => first === `\`${name}\``);

test.for(catalogue.map((metric) => [metric.name, metric] as const))(
  '%s is on the page with its unit and its definition',
  ([name, { unit, definition }]) => {
    expect(rowOf(name)).toEqual([`\`${name}\``, unit, definition]);
  },
);

test.for(Object.entries(validityLimits))('the limit %s is on the page with its value', ([name, value]) => {
  expect(rowOf(name)?.[1]).toBe(String(Number(value.toFixed(3))));
});

test('the page names no metric and no limit that does not exist', () => {
  const known = new Set([...catalogue.map(({ name }) => name), ...Object.keys(validityLimits)]);
  const named = rows.flatMap(([first = '']) => /^`(?<name>\w+)`$/u.exec(first)?.groups?.['name'] ?? []);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('no two metrics have the same name or the same title', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  expect(new Set(catalogue.map(({ title }) => title)).size).toBe(catalogue.length);
});

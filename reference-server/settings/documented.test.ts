import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { numberSettings } from './number-settings.ts';
import { readEnvironment } from './read-environment.ts';
import { defaultSettings } from './settings.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

const section = (title: string): string =>
  readme.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';

/** The rows of a section's table that are about variables, cell by cell. */
const rowsOf = (title: string): readonly (readonly string[])[] =>
  section(title)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name);

const documented = ['Environment', 'Faults'].flatMap((title) =>
  rowsOf(title).flatMap(([cell = '']) => namesIn(cell)),
);

/** The variables that the server asks its environment for. */
const asked = (): readonly string[] => {
  const names = new Set<string>();
  const environment = new Proxy<Record<string, string | undefined>>(
    { JWT_SECRET: 's' },
    {
      get: (target, name) => {
        names.add(String(name));
        return target[String(name)];
      },
    },
  );
  expect(readEnvironment(environment)).toMatchObject({ outcome: 'valid' });
  return [...names];
};

const isOfFile = (name: string): boolean => name.endsWith('_FILE');

it('the README lists each variable that the server reads once, and none that it does not read', () => {
  expect(documented.toSorted()).toEqual(
    asked()
      .filter((name) => !isOfFile(name))
      .toSorted(),
  );
});

it('the README names each variable that may come from a file, and no other', () => {
  const [sentence = ''] = /^.*may each come from a file.*$/m.exec(section('Environment')) ?? [];
  expect(namesIn(sentence).toSorted()).toEqual(
    asked()
      .filter(isOfFile)
      .map((name) => name.replace(/_FILE$/, ''))
      .toSorted(),
  );
});

it.each(Object.entries(numberSettings))('the README has the default of %s', (name, { variable }) => {
  const row = rowsOf('Environment').find(([cell = '']) => namesIn(cell).includes(variable));
  const value = defaultSettings[name as keyof typeof numberSettings];
  expect(row?.[1]).toBe(value === null ? 'none' : `\`${value}\``);
});

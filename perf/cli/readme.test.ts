import { access, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { csvColumns } from '../reports/csv.ts';
import * as scenarioExports from '../scenario.ts';
import { makeProgram } from './program.ts';
import { scenarioFiles } from './scenario-files.ts';

// What the README promises to list, it lists; and what it names is there.

const root = new URL('../../', import.meta.url);
const read = (file: string): Promise<string> => readFile(new URL(file, root), 'utf8');
const readme = await read('README.md');
const metricsPage = await read('perf/harness/README.md');
const pages = `${readme}\n${metricsPage}`;

const matches = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].map((found) => found[1] ?? '')),
];

const missing = (names: readonly string[], text: string): readonly string[] => {
  expect(names).not.toEqual([]);
  return names.filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'u').test(text));
};

test.for(['run', 'compare', 'monitor', 'report', 'self-check'])('every option of %s', (name) => {
  const command = makeProgram(() => undefined).commands.find((one) => one.name() === name);
  const options = command?.options.map(({ long }) => long ?? '') ?? [];
  expect(missing(options, readme)).toEqual([]);
});

test('every value that the package exports', () => {
  expect(missing(Object.keys(scenarioExports), pages)).toEqual([]);
});

test('every scenario', async () => {
  const names = (await scenarioFiles(new URL('perf', root).pathname)).map(({ name }) => `\`${name}\` +\\|`);
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !new RegExp(`^\\| ${name}`, 'mu').test(readme))).toEqual([]);
});

test.for([
  'fixtures/targets/target-error.ts',
  'perf/harness/harness-error.ts',
  'perf/compare/compare-error.ts',
  'perf/tracking/history/history-error.ts',
])('every code of %s', async (file) => {
  const codes = matches(await read(file), /'(?<code>[A-Z]+(?:_[A-Z]+)+)'/gu);
  expect(missing(codes, readme)).toEqual([]);
});

test('every fault of the reference server', async () => {
  const faults = matches(await read('reference-server/faults.ts'), /`(?<fault>FAULT_\w+)`/gu);
  expect(missing(faults, readme)).toEqual([]);
});

test('every column of the CSV', () => {
  expect(missing(csvColumns, readme)).toEqual([]);
});

test('only scripts and files that exist', async () => {
  const { scripts } = JSON.parse(await read('package.json')) as { readonly scripts: object };
  const named = matches(readme, /npm run (?:-s )?(?<script>[a-z][a-z:-]*)/gu);
  expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  const files = matches(readme, /\]\((?!https?:|#)(?<file>[^)#]+)/gu);
  expect(files).not.toEqual([]);
  await Promise.all(files.map((file) => access(new URL(file, root))));
});

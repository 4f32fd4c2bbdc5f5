import { access, glob, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { onDemandTags, scenarioProject } from '../config.ts';
import { comparedMetrics } from '../compare/compared-metric.ts';
import { alertKinds } from '../monitor/alert-rules.ts';
import { csvColumns } from '../reports/csv.ts';
import { reportFormats } from './report/report-options.ts';
import * as scenarioExports from '../scenario.ts';
import { makeProgram } from './program.ts';
import { scenarioFiles } from './scenario-files.ts';

// What a README promises to list, it lists; and what it names is there.

const root = new URL('../../', import.meta.url);
const read = (file: string): Promise<string> => readFile(new URL(file, root), 'utf8');
const wanted = ['README.md', 'perf/**/README.md', 'reference-server/README.md'];
const pages = new Map<string, string>();
for await (const place of glob(wanted, { cwd: root.pathname })) pages.set(place, await read(place));
const pageOf = (place: string): string => pages.get(place) ?? expect.fail(`there is no ${place}`);
const everyPage = [...pages];

/** What the first group of a pattern finds, each once. */
const matches = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].map((found) => found[1] ?? '')),
];

const missing = (names: readonly string[], text: string): readonly string[] => {
  expect(names).not.toEqual([]);
  return names.filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'u').test(text));
};

interface NamedOption {
  readonly long: string;
  /** As the help says it; null where it says none. */
  readonly fallback: string | null;
}

const allOptions = (command: Command): readonly NamedOption[] => [
  ...command.options.map(({ long, description }) => ({
    long: long ?? '',
    fallback: /\(default: (?<fallback>[^;)]+)/u.exec(description)?.groups?.['fallback'] ?? null,
  })),
  ...command.commands.flatMap(allOptions),
];
const optionsOf = (command: Command): readonly string[] => allOptions(command).map(({ long }) => long);
const { commands } = makeProgram(() => undefined);
const pageOfCommand: Readonly<Record<string, string>> = {
  run: 'perf/cli/README.md',
  serve: 'perf/cli/README.md',
  token: 'perf/cli/README.md',
  compare: 'perf/compare/README.md',
  comment: 'perf/compare/README.md',
  monitor: 'perf/monitor/README.md',
  report: 'perf/reports/README.md',
  history: 'perf/tracking/README.md',
  track: 'perf/tracking/README.md',
  'self-check': 'perf/tracking/README.md',
};

test.for(commands.map((command) => [command.name(), command] as const))(
  'every option of %s',
  ([name, command]) => {
    expect(missing(optionsOf(command), pageOf(pageOfCommand[name] ?? ''))).toEqual([]);
  },
);

/** The rows of a page's tables that are about something, without marks of code. */
const rowsAbout = (name: string, text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'u').test(line))
    .map((line) => line.replaceAll('`', ''));

test.for(commands.map((command) => [command.name(), command] as const))(
  'what stands for an option of %s that is not given is what the help says',
  ([name, command]) => {
    const text = pageOf(pageOfCommand[name] ?? '');
    const wrong = allOptions(command).filter(({ long, fallback }) => {
      const rows = rowsAbout(long, text);
      return fallback !== null && rows.length > 0 && !rows.some((row) => row.includes(fallback));
    });
    expect(wrong).toEqual([]);
  },
);

test('every alert with its own thresholds', () => {
  const page = pageOf('perf/monitor/README.md');
  const stated = Object.entries(alertKinds).map(([alert, { unit, defaults }]) => {
    const { raiseAbove, forMs, clearBelow } = defaults;
    const held = String(forMs / 1_000);
    return `\`${alert}=${unit === null ? held : [raiseAbove, held, clearBelow].join(':')}\``;
  });
  expect(stated.filter((text) => !page.includes(text))).toEqual([]);
});

const percent = (ratio: number): string => `${String(Number((ratio * 100).toFixed(6)))} %`;

test('every compared metric with its limits, and which are never gated', () => {
  const page = pageOf('perf/compare/README.md');
  for (const { name, gates, limits } of comparedMetrics) {
    if (gates === 'never') expect(page).toMatch(new RegExp(`\`${name}\`[^|\n]* never gate`, 'u'));
    else
      expect(
        rowsAbout(name, page).map((row) =>
          row
            .split('|')
            .slice(2, 4)
            .map((cell) => cell.trim()),
        ),
        name,
      ).toContainEqual([percent(limits.minimumRatio), percent(limits.toleranceRatio)]);
  }
});

/** Options of npm, Node, Vitest and Docker. */
const ofOthers = [
  '--help',
  '--save-dev',
  '--merge-reports',
  '--min-semi-space-size',
  '--max-semi-space-size',
  '--read-only',
  '--cap-drop',
  '--security-opt',
];

test.for(everyPage)('%s names no option that does not exist', ([, text]) => {
  const known = new Set([...commands.flatMap(optionsOf), ...ofOthers]);
  const named = matches(text, /(?<![\w-])(?<option>--[a-z][a-z-]*)/gu);
  expect(named.filter((option) => !known.has(option))).toEqual([]);
});

test('the first page can be read in a few minutes, and leads to all others', () => {
  const first = pageOf('README.md');
  expect(first.trimEnd().split('\n').length).toBeLessThanOrEqual(350);
  const others = [...pages.keys()].filter((place) => place !== 'README.md');
  expect(others.length).toBeGreaterThanOrEqual(8);
  expect(others.filter((place) => !first.includes(`](${place})`))).toEqual([]);
});

test('every value that the package exports', () => {
  const text = ['README.md', 'perf/README.md', 'perf/harness/README.md'].map(pageOf).join('\n');
  expect(missing(Object.keys(scenarioExports), text)).toEqual([]);
});

test('every scenario', async () => {
  const names = (await scenarioFiles(new URL('perf', root).pathname)).map(({ name }) => `\`${name}\` +\\|`);
  expect(names).not.toEqual([]);
  const first = pageOf('README.md');
  expect(names.filter((name) => !new RegExp(`^\\| ${name}`, 'mu').test(first))).toEqual([]);
});

test('every tag of scenarios, and which of them run only when they are asked for', async () => {
  const tags = (scenarioProject().test?.tags ?? []).map(({ name }) => name);
  expect(missing(tags, pageOf('perf/cli/README.md'))).toEqual([]);
  const said = pageOf('README.md')
    .split('\n\n')
    .filter((paragraph) => paragraph.includes('when they are asked for'))
    .join('\n');
  const onDemand: string[] = [];
  for (const { name, file } of await scenarioFiles(new URL('perf', root).pathname)) {
    const text = await readFile(file, 'utf8');
    const isOnDemand = onDemandTags.some((tag) => new RegExp(`tags: \\[[^\\]]*'${tag}'`, 'u').test(text));
    if (isOnDemand) onDemand.push(name);
  }
  expect(missing([...onDemandTags, ...onDemand], said)).toEqual([]);
});

test.for([
  'fixtures/targets/target-error.ts',
  'perf/harness/harness-error.ts',
  'perf/compare/compare-error.ts',
  'perf/tracking/history/history-error.ts',
])('every code of %s', async (file) => {
  const codes = matches(await read(file), /'(?<code>[A-Z]+(?:_[A-Z]+)+)'/gu);
  expect(missing(codes, pageOf('perf/cli/README.md'))).toEqual([]);
});

test.for(['perf/README.md', 'reference-server/README.md'])(
  'every fault of the reference server, in %s',
  async (page) => {
    const faults = matches(await read('reference-server/faults.ts'), /`(?<fault>FAULT_\w+)`/gu);
    expect(missing(faults, pageOf(page))).toEqual([]);
  },
);

test('every column of the CSV, and every format of a report', () => {
  expect(missing([...csvColumns, ...reportFormats], pageOf('perf/reports/README.md'))).toEqual([]);
});

test.for(everyPage)('%s names only scripts that exist', async ([, text]) => {
  const { scripts } = JSON.parse(await read('package.json')) as { readonly scripts: object };
  const named = matches(text, /npm run (?:-s )?(?<script>[a-z][a-z:-]*)/gu);
  expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
});

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/gu, '-');

const anchorsIn = (text: string): readonly string[] =>
  matches(text.replaceAll(/^```.*?^```$/gmsu, ''), /^#+ (?<heading>.+)$/gmu).map(anchorOf);

test.for(everyPage)('%s leads to files and headings that exist', async ([place, text]) => {
  const links = matches(text, /\]\((?!https?:)(?<link>[^)\s]+)\)/gu);
  for (const link of links) {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? place : posix.join(posix.dirname(place), file);
    await access(new URL(target, root));
    if (anchor !== undefined) expect.soft(anchorsIn(await read(target)), link).toContain(anchor);
  }
});

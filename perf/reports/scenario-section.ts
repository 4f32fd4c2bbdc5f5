import type { Colors } from 'picocolors/types.js';
import type { RunRecord } from '../harness/record/run-record.ts';
import { judgedRecords } from './judged-records.ts';
import { printable, printableLine } from './printable.ts';
import { reportWidth, runSection } from './run-section.ts';
import type { ScenarioOutcome, ScenarioResult } from './session-result.ts';
import { wrap } from './wrap.ts';

/** How an outcome is marked. */
export const outcomeMark: Readonly<Record<ScenarioOutcome, string>> = {
  met: '✓',
  broken: '✗',
  failed: '✗',
  inconclusive: '?',
  'not-measured': '✗',
  skipped: '-',
  stopped: '-',
};

const outcomeColor = {
  met: 'green',
  broken: 'red',
  failed: 'red',
  inconclusive: 'yellow',
  'not-measured': 'red',
  skipped: 'dim',
  stopped: 'dim',
} as const satisfies Record<ScenarioOutcome, keyof Colors>;

const runLines = (runs: readonly RunRecord[], colors: Colors, width: number): readonly string[] =>
  runs.flatMap((record, index) => {
    const heading = runs.length > 1 ? [`Run ${String(index + 1)} of ${String(runs.length)}`] : [];
    return ['', heading, runSection(record, colors, width)].flat();
  });

const errorLines = (error: string, width: number): readonly string[] => [
  '',
  ...printable(error)
    .split('\n')
    .flatMap((line) => wrap(`  ${line}`, width, '    ')),
];

const reasonLines = ({ outcome, reason }: ScenarioResult, width: number): readonly string[] => {
  if (reason === null) return [];
  const word = outcome === 'skipped' ? 'Skipped' : 'Stopped';
  return wrap(`  ${word}: ${printableLine(reason)}`, width, '  ');
};

/** One scenario as people read it: its title, each of its runs, and what made it fail. */
export const scenarioSection = (
  scenario: ScenarioResult,
  colors: Colors,
  width = reportWidth,
): readonly string[] => {
  const { name, title, outcome, errors } = scenario;
  const paint = colors[outcomeColor[outcome]];
  const heading = wrap(`${outcomeMark[outcome]} ${name}: ${printableLine(title)}`, width, '  ');
  return [
    ...heading.map((line) => colors.bold(paint(line))),
    ...reasonLines(scenario, width),
    ...runLines(judgedRecords(scenario.records), colors, width),
    ...errors
      .flatMap(({ message }) => errorLines(message, width))
      .map((line) => (line === '' ? line : colors.red(line))),
  ];
};

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

const runLines = (runs: readonly RunRecord[], colors: Colors): readonly string[] =>
  runs.flatMap((record, index) => {
    const heading = runs.length > 1 ? [`Run ${String(index + 1)} of ${String(runs.length)}`] : [];
    return ['', heading, runSection(record, colors)].flat();
  });

const errorLines = (error: string): readonly string[] => [
  '',
  ...printable(error)
    .split('\n')
    .flatMap((line) => wrap(`  ${line}`, reportWidth, '    ')),
];

const reasonLines = ({ outcome, reason }: ScenarioResult): readonly string[] => {
  if (reason === null) return [];
  const word = outcome === 'skipped' ? 'Skipped' : 'Stopped';
  return wrap(`  ${word}: ${printableLine(reason)}`, reportWidth, '  ');
};

/** One scenario as people read it: its title, each of its runs, and what made it fail. */
export const scenarioSection = (scenario: ScenarioResult, colors: Colors): readonly string[] => {
  const { name, title, outcome, errors } = scenario;
  const paint = colors[outcomeColor[outcome]];
  const heading = wrap(`${outcomeMark[outcome]} ${name}: ${printableLine(title)}`, reportWidth, '  ');
  return [
    ...heading.map((line) => colors.bold(paint(line))),
    ...reasonLines(scenario),
    ...runLines(judgedRecords(scenario.records), colors),
    ...errors.flatMap(errorLines).map((line) => (line === '' ? line : colors.red(line))),
  ];
};

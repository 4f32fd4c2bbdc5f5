import { formatFigure, formatLogRatio } from './format-figure.ts';
import type { StepState } from '../../tracking/change-points/find-change.ts';
import type { AssessedSeries } from '../../tracking/history/assess-series.ts';
import { sparkline } from '../live/sparkline.ts';
import { printableLine } from '../printable.ts';
import { table, type Column } from '../table.ts';

/** Of the newest values the course is drawn. */
const trendPoints = 24;

const columns: readonly Column[] = [
  { title: 'Series', align: 'left', maximumWidth: 44 },
  { title: 'Commits', align: 'right' },
  { title: 'Newest', align: 'right' },
  { title: 'Trend', align: 'left' },
  { title: 'State', align: 'left' },
];

const stateOf = ({ finding }: AssessedSeries): string => {
  switch (finding.state) {
    case 'collecting':
      return `collecting (${String(finding.points)} of ${String(finding.needed)})`;
    case 'steady':
      return `no step found in the newest ${String(finding.points)}`;
    case 'not-examined':
      return 'not examined';
    case 'candidate':
    case 'alert':
    case 'refuted':
    case 'unclear':
      return `${finding.state} at ${finding.change.firstBad.slice(0, 10)}`;
    default:
      return finding satisfies never;
  }
};

const rowOf = (assessed: AssessedSeries): readonly string[] => {
  const { series } = assessed;
  const newest = series.points.at(-1)?.value ?? null;
  return [
    printableLine(`${series.project === '.' ? '' : `${series.project}: `}${series.title}`),
    String(series.points.length),
    newest === null || series.scale === 'absolute'
      ? formatFigure(newest, series.unit)
      : formatLogRatio(newest),
    sparkline(
      series.points.slice(-trendPoints).map(({ value }) => value),
      'lowest',
    ),
    stateOf(assessed),
  ];
};

const head: Readonly<Record<StepState, string>> = {
  candidate: 'CANDIDATE',
  alert: 'ALERT',
  refuted: 'REFUTED',
  unclear: 'UNCLEAR',
};
const meaning: Readonly<Record<StepState, string>> = {
  candidate: 'Not confirmed by a paired comparison yet.',
  alert: 'Confirmed by a paired comparison.',
  refuted: 'A paired comparison did not find it.',
  unclear: 'Three paired comparisons could not tell, and no more are made by themselves.',
};

/** What to do about the step of a series, if it has one: `CANDIDATE connect p50: 7.1 % worse from 1a2b3c on …`. */
export const changeLines = ({ series, finding }: AssessedSeries): readonly string[] => {
  if (!('change' in finding)) return [];
  const { lastGood, firstBad, logStep, pointsBefore, pointsAfter, compare } = finding.change;
  const percent = formatLogRatio(logStep).slice(1);
  return [
    `${head[finding.state]} ${printableLine(series.title)}: ${percent} worse from ${firstBad.slice(0, 10)} on (last good: ${lastGood.slice(0, 10)}), ` +
      `${String(pointsBefore)} commits before it, ${String(pointsAfter)} from it on. ${meaning[finding.state]}`,
    ...(['candidate', 'unclear'].includes(finding.state) && series.scale === 'log-ratio'
      ? [
          `  Confirm at ${compare.head.slice(0, 10)}: npm run perf:compare -- --base ${compare.base.slice(0, 10)} --gate ${printableLine(series.metric)} --for-change ${firstBad.slice(0, 10)}`,
          `  Find the commit: npm run perf:compare -- --bisect ${compare.base.slice(0, 10)}..${compare.head.slice(0, 10)} --gate ${printableLine(series.metric)}`,
        ]
      : []),
  ];
};

const section = (title: string, assessed: readonly AssessedSeries[]): readonly string[] =>
  assessed.length === 0
    ? []
    : [
        title,
        ...table(columns, assessed.map(rowOf)),
        ...assessed.flatMap(changeLines).flatMap((line, place) => (place === 0 ? ['', line] : [line])),
        '',
      ];

/** What the history says: series of paired comparisons, which are judged, and absolute figures, which are hints. */
export const checkLines = (assessed: readonly AssessedSeries[]): readonly string[] => [
  ...section(
    'Against the reference, by paired comparisons',
    assessed.filter(({ series }) => series.scale === 'log-ratio'),
  ),
  ...section(
    'Absolute figures of single runs: hints, nothing fails by them',
    assessed.filter(({ series }) => series.scale === 'absolute'),
  ),
];

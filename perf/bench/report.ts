import type { BenchRecord } from './bench-record.ts';
import { isServerTheLimit } from './is-server-the-limit.ts';
import type { AccuracyFigure } from './measure-accuracy.ts';
import type { EchoFigure, PacedFigure } from './measure-messages.ts';
import type { OpeningFigure } from './measure-opening.ts';
import type { ScaleFigure, ScaleSitting } from './measure-scale.ts';
import type { Comparison } from './sittings.ts';

type Row = readonly string[];

const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');
const ofProbe = (ratio: number): string => `${(ratio * 100).toFixed(1)} % of probe`;
/** Neighbours that use more disturb every figure but the cheapest ratios. */
const quietMachine = 0.15;
const serverShare = (ratio: number): string =>
  `server ${String(Math.round(ratio * 100))} % of a core${isServerTheLimit(ratio) ? ': IT WAS THE LIMIT' : ''}`;
const inconclusiveNote = (count: number, sittings: number): string =>
  count === 0 ? '' : `ours said to be inconclusive in ${String(count)} of ${String(sittings)}`;

const alignColumns = (rows: readonly Row[]): string =>
  rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(Math.max(...rows.map((one) => one[column]?.length ?? 0))))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');

const compared = (
  title: string,
  { ours, naive, ratio }: Comparison,
  format: (value: number) => string,
): Row => [title, format(ours), format(naive), `${ratio.toFixed(2)} ×`];

const accuracyRows = ({
  connections,
  sittings,
  meanOfProbe,
  p95OfProbe,
  inconclusive,
}: AccuracyFigure): Row[] => {
  const note = inconclusiveNote(inconclusive, sittings.length);
  return [
    [`mean, ${grouped(connections)}`, ofProbe(meanOfProbe.ours), ofProbe(meanOfProbe.naive), note],
    [`p95, ${grouped(connections)}`, ofProbe(p95OfProbe.ours), ofProbe(p95OfProbe.naive), ''],
  ];
};

const openingRows = (figure: OpeningFigure): Row[] => {
  const count = grouped(figure.connections);
  const overflows = Math.max(
    ...figure.sittings.flatMap(({ ours, naive }) => [ours.listenOverflows, naive.listenOverflows]),
  );
  const notes = [
    serverShare(figure.serverCpuShare),
    overflows === 0 ? '' : `its queue overflowed ${grouped(overflows)} times`,
    inconclusiveNote(figure.inconclusive, figure.sittings.length),
  ].filter((note) => note !== '');
  return [
    [...compared(`connections/s, ${count}`, figure.connectionsPerSecond, grouped), notes.join(', ')],
    compared(`CPU ms per connection, ${count}`, figure.cpuMsPerConnection, (value) => value.toFixed(3)),
    compared(`resident KB per connection, ${count}`, figure.residentKilobytesPerConnection, (value) =>
      value.toFixed(1),
    ),
  ];
};

const messageRows = (echo: EchoFigure, paced: PacedFigure): Row[] => {
  const rate = grouped(paced.messagesPerSecond);
  return [
    [
      ...compared(
        `round trips/s, ${grouped(echo.connections)} connections`,
        echo.roundTripsPerSecond,
        grouped,
      ),
      serverShare(echo.serverCpuShare),
    ],
    compared('CPU µs per round trip', echo.cpuMicrosecondsPerRoundTrip, (value) => value.toFixed(1)),
    [`p50 at ${rate} messages/s`, ofProbe(paced.p50OfProbe.ours), ofProbe(paced.p50OfProbe.naive)],
    [`p99 at ${rate} messages/s`, ofProbe(paced.p99OfProbe.ours), ofProbe(paced.p99OfProbe.naive)],
  ];
};

const oursAndNaive = (
  { ours, naive }: ScaleFigure,
  quantity: (sitting: ScaleSitting) => number,
  format: (value: number) => string,
): Row => [format(quantity(ours)), naive === null ? '–' : format(quantity(naive))];

const scaleNotes = ({ sourceAddresses, ours }: ScaleFigure): string =>
  [
    sourceAddresses === 0
      ? ''
      : `from ${String(sourceAddresses)} assigned ${sourceAddresses === 1 ? 'address' : 'addresses'}`,
    ours.listenOverflows === 0 ? '' : `the servers’ queues overflowed ${grouped(ours.listenOverflows)} times`,
  ]
    .filter((note) => note !== '')
    .join(', ');

const scaleRows = (scale: readonly ScaleFigure[]): Row[] => [
  ['', '', '', 'CPU ms each', '', 'resident KB each', '', 'connections/s', '', ''],
  ['connections', 'agents', 'servers', 'ours', 'naive', 'ours', 'naive', 'ours', 'naive', ''],
  ...scale.map((figure) => [
    grouped(figure.connections),
    String(figure.agents),
    String(figure.servers),
    ...oursAndNaive(
      figure,
      ({ cpuMsPerConnection }) => cpuMsPerConnection,
      (value) => value.toFixed(3),
    ),
    ...oursAndNaive(
      figure,
      (one) => one.residentKilobytesPerConnection,
      (value) => value.toFixed(1),
    ),
    ...oursAndNaive(figure, ({ connectionsPerSecond }) => connectionsPerSecond, grouped),
    scaleNotes(figure),
  ]),
];

/** A table under its title, and nothing where it has no rows. */
const section = (title: string, head: Row, rows: readonly Row[]): string[] =>
  rows.length === 0 ? [] : ['', title, alignColumns([head, ...rows])];

const describeNeighbours = (cpuShare: number | null): string[] => {
  if (cpuShare === null) return [];
  const line = `Others on this machine used ${String(Math.round(cpuShare * 100))} % of a core meanwhile`;
  return [cpuShare < quietMachine ? `${line}.` : `${line}: RUN AGAIN ON AN IDLE MACHINE.`];
};

/** The record as text for a terminal. */
export const describeBench = ({
  form,
  machine,
  neighbourCpuShare,
  figures,
  goals,
  leftOut,
}: BenchRecord): string =>
  [
    `${form.name} form, ${String(form.sittings)} sitting(s) of each, medians · ${machine.cpuModel}, ${String(machine.cores)} cores · Node ${machine.node}`,
    ...describeNeighbours(neighbourCpuShare),
    ...section(
      'Reported connect time as a share of what an idle side probe saw (100 ms server, full speed; medians of ' +
        `${String(form.accuracy.sittings)})`,
      ['', 'ours', 'naive ws loop', ''],
      figures.accuracy.flatMap(accuracyRows),
    ),
    ...section(
      'Cost of opening and holding (server answers at once; memory after a collection of garbage)',
      ['', 'ours', 'naive ws loop', 'ours / naive'],
      figures.opening.flatMap(openingRows),
    ),
    ...section(
      'Messages',
      ['', 'ours', 'naive ws loop', 'ours / naive'],
      figures.messages === null ? [] : messageRows(figures.messages.echo, figures.messages.paced),
    ),
    ...(figures.scale.length === 0
      ? []
      : [
          '',
          `Connections held at once, on one endpoint, by all agents together, in warm processes (medians of ${String(form.scale.sittings)}; –: more than the one process of the naive loop may hold)`,
          alignColumns(scaleRows(figures.scale)),
        ]),
    ...(goals.length === 0
      ? []
      : [
          '',
          'Goals',
          alignColumns(
            goals.map(({ subject, goal, figure, met }) => [
              met === null ? 'not judged' : met ? 'met' : 'MISSED',
              subject,
              figure,
              `goal: ${goal}`,
            ]),
          ),
        ]),
    '',
    ...leftOut.map((sentence) => `Not measured here: ${sentence}`),
  ].join('\n');

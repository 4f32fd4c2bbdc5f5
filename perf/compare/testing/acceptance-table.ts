import { median } from 'simple-statistics';
import { table, type Column } from '../../reports/table.ts';
import { formatEstimate, formatInterval } from '../format-change.ts';
import type { Change, GateEntry } from './acceptance-journal.ts';

const msPerSecond = 1_000;
/** The changes that busy work in the handshake shows in. */
const burdened = ['connect', 'server-cpu'] as const;

/** A gate found the busy work when it failed, and by a metric that the work is in. */
export const hasFound = ({ verdict, metrics }: GateEntry): boolean =>
  verdict === 'fail' &&
  metrics.some(({ name, outcome }) => outcome === 'fail' && burdened.some((one) => one === name));

const columns: readonly Column[] = [
  { title: 'change', align: 'left' },
  { title: '#', align: 'right' },
  { title: 'seed', align: 'right' },
  { title: 'verdict', align: 'left' },
  { title: 'connect', align: 'right' },
  { title: 'ping', align: 'right' },
  { title: 'server CPU', align: 'right' },
  { title: 'blocks', align: 'right' },
  { title: 'time', align: 'right' },
  { title: 'base connect', align: 'right' },
  { title: 'burnt', align: 'right' },
  { title: 'neighbours', align: 'right' },
];

const shown = ({ metrics }: GateEntry, name: string): string => {
  const metric = metrics.find((one) => one.name === name);
  if (metric?.estimate == null || metric.lower === null || metric.upper === null) return 'n/a';
  const { estimate, lower, upper, outcome } = metric;
  const interval = formatInterval({ estimate, lower, upper }, 'lower', []);
  return `${outcome} ${formatEstimate(estimate, 'lower')} (${interval})`;
};

const rowOf = (gate: GateEntry): readonly string[] => [
  gate.change,
  String(gate.index + 1),
  String(gate.seed),
  gate.verdict,
  ...['connect', 'ping', 'server-cpu'].map((name) => shown(gate, name)),
  String(gate.blocks),
  `${(gate.tookMs / msPerSecond).toFixed(0)} s`,
  `${gate.baseConnectMs.toFixed(3)} ms`,
  `${gate.burnMs.toFixed(4)} ms`,
  gate.neighbourCores === null ? 'n/a' : `${gate.neighbourCores.toFixed(2)} cores`,
];

/** One line for a gate as it ends. */
export const gateLine = (gate: GateEntry): string => rowOf(gate).join(' · ');

const summaryOf = (change: Change, gates: readonly GateEntry[]): string => {
  if (gates.length === 0) return `${change}: no gate`;
  const count = (verdict: GateEntry['verdict']): string =>
    `${String(gates.filter((gate) => gate.verdict === verdict).length)} ${verdict}`;
  const seconds = gates.map(({ tookMs }) => tookMs / msPerSecond);
  const connect = gates
    .flatMap(({ metrics }) => metrics.filter(({ name }) => name === 'connect'))
    .map(({ estimate }) => estimate)
    .filter((estimate) => estimate !== null);
  return [
    `${change}: ${String(gates.length)} gates, ${count('fail')} (${String(gates.filter(hasFound).length)} by connect or server CPU), ${count('pass')}, ${count('inconclusive')}`,
    connect.length === 0 ? '' : `connect p50 in the middle ${formatEstimate(median(connect), 'lower')}`,
    `a gate took ${median(seconds).toFixed(0)} s in the middle, ${Math.max(...seconds).toFixed(0)} s at most`,
  ]
    .filter(Boolean)
    .join('; ');
};

/** All gates of a sitting, and what they come to. */
export const acceptanceTable = (gates: Readonly<Record<Change, readonly GateEntry[]>>): string =>
  [
    ...table(columns, [...gates.none, ...gates.burden].map(rowOf)),
    '',
    summaryOf('none', gates.none),
    summaryOf('burden', gates.burden),
  ].join('\n');

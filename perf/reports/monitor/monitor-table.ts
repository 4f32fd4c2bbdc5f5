import type { MonitorSample, ProbeResult } from '../../monitor/monitor-sample.ts';
import { printableLine } from '../printable.ts';

interface MonitorColumn {
  readonly title: string;
  readonly width: number;
  readonly cell: (sample: MonitorSample) => string;
}

const none = '–';
const bytesPerMiB = 2 ** 20;
const msPerSecond = 1_000;

const fixed = (value: number | null | undefined, digits: number, unit = ''): string =>
  value == null ? none : `${value.toFixed(digits)}${unit}`;

const seconds = (ms: number | undefined): string => fixed(ms === undefined ? null : ms / msPerSecond, 3, 's');

const probeCell = (probe: ProbeResult | undefined): string => {
  if (probe === undefined) return none;
  return probe.outcome === 'opened' ? seconds(probe.connectTimeMs) : probe.reason;
};

/** The worst of a look: a failure before any time. */
const worstProbe = (probes: readonly ProbeResult[]): ProbeResult | undefined =>
  probes.find(({ outcome }) => outcome === 'failed') ??
  probes.reduce<ProbeResult | undefined>(
    (worst, probe) =>
      probe.outcome === 'opened' && (worst?.outcome !== 'opened' || probe.connectTimeMs > worst.connectTimeMs)
        ? probe
        : worst,
    undefined,
  );

const columns: readonly MonitorColumn[] = [
  { title: 'Time UTC', width: 8, cell: ({ at }) => at.slice(11, 19) },
  { title: 'Open', width: 6, cell: ({ open }) => fixed(open, 0) },
  { title: 'Peak', width: 6, cell: ({ peak }) => fixed(peak, 0) },
  { title: 'New/s', width: 7, cell: ({ interval }) => fixed(interval?.attemptsPerSecond, 1) },
  {
    title: 'Failed',
    width: 7,
    cell: ({ interval }) =>
      fixed(interval?.failureRatio == null ? null : interval.failureRatio * 100, 1, '%'),
  },
  { title: 'Connect', width: 7, cell: ({ interval }) => seconds(interval?.connectTimeMs?.mean) },
  { title: 'Max', width: 7, cell: ({ interval }) => seconds(interval?.connectTimeMs?.max) },
  {
    title: 'Memory',
    width: 9,
    cell: ({ process }) =>
      fixed(process?.memoryBytes == null ? null : process.memoryBytes / bytesPerMiB, 1, 'MiB'),
  },
  {
    title: 'CPU',
    width: 5,
    cell: ({ process }) => fixed(process?.cpuRatio == null ? null : process.cpuRatio * 100, 0, '%'),
  },
  { title: 'Circuit', width: 9, cell: ({ process }) => process?.circuit ?? none },
  { title: 'Probe', width: 12, cell: ({ probes }) => probeCell(worstProbe(probes)) },
];

const fit = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padStart(width);

const remarks = ({ server, reason, restarted, countersReset }: MonitorSample): readonly string[] => [
  ...(server === 'away' ? [`away: ${reason ?? ''}`] : []),
  ...(server === 'unmonitored' ? [`no monitoring endpoints: ${reason ?? ''}`] : []),
  ...(restarted ? ['restarted'] : []),
  ...(countersReset ? ['counters reset'] : []),
];

/** The titles of the columns of a monitored server. */
export const monitorTitles = (): string => columns.map(({ title, width }) => fit(title, width)).join(' ');

/** A look at a server as one row, with what is remarkable behind it. */
export const monitorRow = (sample: MonitorSample): string => {
  const cells = columns.map(({ cell, width }) => fit(printableLine(cell(sample)), width)).join(' ');
  const remarked = printableLine(remarks(sample).join(', '));
  return remarked === '' ? cells : `${cells}  ${remarked}`;
};

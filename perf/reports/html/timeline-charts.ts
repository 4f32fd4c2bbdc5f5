import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import type { RunRecord, ServerSample, TimelinePoint } from '../../harness/record/run-record.ts';
import { startPoint } from '../start-point.ts';
import type { Chart, ChartAxis } from './chart.ts';

/** More steps of a rate could not be told apart. */
const mostSteps = 240;

type TimedRun = Pick<RunRecord, 'timeline' | 'server' | 'warmUp' | 'endedEarly'>;

const seconds = (atMs: number): number => atMs / 1_000;

/** What all charts of one run share: the same time, from the start of the load to its end. */
interface TimeAxis {
  readonly x: ChartAxis;
  readonly marks: NonNullable<Chart['marks']>;
  readonly sync: string;
  readonly heightPx: number;
}

const timeAxis = ({ timeline, server, warmUp, endedEarly }: TimedRun): TimeAxis => {
  const instants = [...timeline, ...server.samples].map(({ atMs }) => atMs);
  return {
    x: {
      label: 'since the start of the load',
      format: 'seconds',
      from: seconds(instants.reduce((a, b) => Math.min(a, b), 0)),
      until: seconds(instants.reduce((a, b) => Math.max(a, b), 0)),
    },
    marks: [
      ...(warmUp === null ? [] : [{ at: seconds(warmUp.untilMs), text: 'judged from here' }]),
      ...(endedEarly === null ? [] : [{ at: seconds(endedEarly.atMs), text: 'ended early' }]),
    ],
    sync: 'time',
    heightPx: 210,
  };
};

const openChart = ({ timeline, server }: TimedRun, axis: TimeAxis): Chart => {
  const ours = new Map(timeline.map(({ atMs, open }) => [atMs, open]));
  const theirs = new Map(
    server.samples.flatMap(({ atMs, currentConnections }) =>
      currentConnections === null ? [] : [[atMs, currentConnections] as const],
    ),
  );
  const instants = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted((a, b) => a - b);
  const most = timeline.reduce((sofar, { open }) => Math.max(sofar, open), 0);
  return {
    ...axis,
    id: 'timeline-open',
    title: 'Open connections',
    summary: `At most ${most.toLocaleString('en')} open at once.`,
    y: [{ label: 'connections', format: 'count', from: 0 }],
    at: instants.map(seconds),
    series: [
      { label: 'open', values: instants.map((atMs) => ours.get(atMs) ?? null), color: 1, draw: 'line' },
      ...(theirs.size === 0
        ? []
        : [
            {
              label: 'as the server counts',
              values: instants.map((atMs) => theirs.get(atMs) ?? null),
              color: 2,
              draw: 'dashes',
            } as const,
          ]),
    ],
  };
};

/** Every n-th point and the last, so that no more than `mostSteps` remain. */
const thinned = (timeline: readonly TimelinePoint[]): readonly TimelinePoint[] => {
  const step = Math.max(1, Math.ceil(timeline.length / mostSteps));
  return timeline.filter((_point, place) => place % step === 0 || place === timeline.length - 1);
};

/** A rate holds from the point where it stands to the next one. */
const ratesChart = ({ timeline }: TimedRun, axis: TimeAxis): Chart => {
  const points = timeline[0]?.atMs === 0 ? thinned(timeline) : [startPoint, ...thinned(timeline)];
  const rate = (of: (point: TimelinePoint) => number): readonly (number | null)[] =>
    points.map((point, place) => {
      const next = points[place + 1];
      if (next === undefined || next.atMs <= point.atMs) return null;
      return ((of(next) - of(point)) * 1_000) / (next.atMs - point.atMs);
    });
  const last = timeline.at(-1) ?? startPoint;
  return {
    ...axis,
    id: 'timeline-rates',
    title: 'Arrivals and failures',
    summary: `${last.started.toLocaleString('en')} attempts begun, ${last.failed.toLocaleString('en')} never opened, ${last.failedAfterOpening.toLocaleString('en')} failed after opening.`,
    y: [{ label: 'a second', format: 'per-second', from: 0 }],
    at: points.map(({ atMs }) => seconds(atMs)),
    series: [
      { label: 'arrivals', values: rate(({ started }) => started), color: 1, draw: 'steps' },
      { label: 'never opened', values: rate(({ failed }) => failed), color: 2, draw: 'steps' },
      {
        label: 'failed after opening',
        values: rate(({ failedAfterOpening }) => failedAfterOpening),
        color: 4,
        draw: 'steps',
      },
    ],
  };
};

/** The share of a core that was used from this reading to the next. */
const cpuRatio = (samples: readonly ServerSample[], place: number): number | null => {
  const [from, until] = [samples[place], samples[place + 1]];
  if (from === undefined || until === undefined || until.atMs <= from.atMs) return null;
  if (from.cpuMs === null || until.cpuMs === null) return null;
  return (until.cpuMs - from.cpuMs) / (until.atMs - from.atMs);
};

/** The highest of the values that are known; null where none is. */
const highest = (values: readonly (number | null)[]): number | null =>
  values.reduce((most, value) => (value === null ? most : Math.max(most ?? value, value)), null);

const serverChart = ({ server: { samples } }: TimedRun, axis: TimeAxis): Chart | null => {
  const cpu = samples.map((_sample, place) => cpuRatio(samples, place));
  const memory = samples.map(({ memoryBytes }) => memoryBytes);
  const [mostCpu, mostMemory] = [highest(cpu), highest(memory)];
  if (mostCpu === null && mostMemory === null) return null;
  return {
    ...axis,
    id: 'timeline-server',
    title: 'The server’s processor and memory',
    summary: `At most ${formatQuantity(mostCpu, 'ratio')} of a core and ${formatQuantity(mostMemory, 'bytes')} resident.`,
    y: [
      { label: 'of one core', format: 'ratio', from: 0 },
      { label: 'resident memory', format: 'bytes', from: 0 },
    ],
    at: samples.map(({ atMs }) => seconds(atMs)),
    series: [
      { label: 'CPU', values: cpu, color: 3, draw: 'steps' },
      { label: 'memory (right)', values: memory, color: 4, draw: 'dashes', axis: 1 },
    ],
  };
};

/** The course of a run in charts over one time axis; none where nothing was kept of it. */
export const timelineCharts = (run: TimedRun): readonly Chart[] => {
  if (run.timeline.length === 0) return [];
  const axis = timeAxis(run);
  const server = serverChart(run, axis);
  return [openChart(run, axis), ratesChart(run, axis), ...(server === null ? [] : [server])];
};

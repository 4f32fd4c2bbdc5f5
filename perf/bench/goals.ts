import { isServerTheLimit } from './is-server-the-limit.ts';
import type { AccuracyFigure } from './measure-accuracy.ts';
import type { EchoFigure, PacedFigure } from './measure-messages.ts';
import type { OpeningFigure } from './measure-opening.ts';
import type { ScaleFigure } from './measure-scale.ts';

/** Everything that was measured. */
export interface Figures {
  readonly accuracy: readonly AccuracyFigure[];
  readonly opening: readonly OpeningFigure[];
  /** Null when they were not measured. */
  readonly messages: { readonly echo: EchoFigure; readonly paced: PacedFigure } | null;
  readonly scale: readonly ScaleFigure[];
}

/** One figure that the product holds itself to, and whether it was reached; null: what was measured can not tell. */
export interface Goal {
  readonly subject: string;
  readonly goal: string;
  readonly figure: string;
  readonly met: boolean | null;
}

/** What the product holds itself to; ratios are to the naive loop or to the side probe. */
const limits = Object.freeze({
  meanOfProbe: 0.03,
  meanOfProbeAtMost: 0.05,
  p95OfProbe: 0.15,
  /** Of the sittings up to so many connections, on a machine whose others use at most this share of a core. */
  conclusive: 0.9,
  conclusiveUpTo: 5_000,
  calmNeighbours: 0.3,
  /** From this many connections on the wider margin of the mean holds, and the goal for memory. */
  many: 10_000,
  openingSpeed: 2.2,
  openingCpu: 0.35,
  residentKilobytes: 6,
  growth: 1.2,
  echoSpeed: 1.7,
  echoCpu: 0.55,
  pacedP50OfProbe: 0.1,
  pacedP99OfProbe: 0.25,
});

const grouped = (count: number): string => count.toLocaleString('en-US');
const percent = (ratio: number): string => `${ratio < 0 ? '−' : '+'}${Math.abs(ratio * 100).toFixed(1)} %`;
const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;

const within = (subject: string, goal: string, ratio: number, margin: number, excuse = ''): Goal => ({
  subject,
  goal: `within ${String(Math.round(margin * 100))} % of ${goal}`,
  figure: `${percent(ratio - 1)}${excuse}`,
  met: Math.abs(ratio - 1) <= margin || excuse !== '',
});

const accuracyGoals = ({
  connections,
  meanOfProbe,
  p95OfProbe,
  inconclusive,
  sittings,
}: AccuracyFigure): Goal[] => {
  const margin = connections >= limits.many ? limits.meanOfProbeAtMost : limits.meanOfProbe;
  // What says of itself that it can not be true misleads nobody, where it may say so.
  const mayExcuse = connections > limits.conclusiveUpTo && inconclusive > 0;
  const excuse = mayExcuse && inconclusive >= sittings.length ? ', said to be inconclusive' : '';
  const at = `at ${grouped(connections)} connections`;
  return [
    within(`truth: mean connect time ${at}`, 'the side probe', meanOfProbe.ours, margin, excuse),
    within(`truth: p95 connect time ${at}`, 'the side probe', p95OfProbe.ours, limits.p95OfProbe, excuse),
  ];
};

/** A generator that never trusts itself would be true at every size: up to some size it has to. */
const conclusiveGoals = (accuracy: readonly AccuracyFigure[]): Goal[] => {
  const all = accuracy
    .filter(({ connections }) => connections <= limits.conclusiveUpTo)
    .flatMap(({ sittings }) => sittings.map(({ ours }) => ours));
  if (all.length === 0) return [];
  const calm = all.filter(({ neighbourCpuShare }) => (neighbourCpuShare ?? 0) <= limits.calmNeighbours);
  const conclusive = calm.filter((report) => report.conclusive === true);
  const busy = all.length - calm.length;
  const stated = {
    subject: `truth: conclusive at up to ${grouped(limits.conclusiveUpTo)} connections`,
    goal: `≥ ${String(limits.conclusive * 100)} % of the sittings in which others used at most ${String(limits.calmNeighbours)} cores`,
  };
  if (calm.length === 0)
    return [{ ...stated, figure: `none of ${String(all.length)} sittings was calm`, met: null }];
  return [
    {
      ...stated,
      figure: `${String(conclusive.length)} of ${String(calm.length)}${busy === 0 ? '' : `, ${String(busy)} on a busy machine left out`}`,
      met: conclusive.length >= limits.conclusive * calm.length,
    },
  ];
};

const openingGoals = ({ connections, connectionsPerSecond, cpuMsPerConnection }: OpeningFigure): Goal[] => [
  {
    subject: `opening: connections/s at ${grouped(connections)}`,
    goal: `≥ ${times(limits.openingSpeed)} naive`,
    figure: times(connectionsPerSecond.ratio),
    met: connectionsPerSecond.ratio >= limits.openingSpeed,
  },
  {
    subject: `cost: CPU per connection at ${grouped(connections)}`,
    goal: `≤ ${times(limits.openingCpu)} naive`,
    figure: times(cpuMsPerConnection.ratio),
    met: cpuMsPerConnection.ratio <= limits.openingCpu,
  },
];

/** The goal that needs a large opening: memory. */
const memoryGoals = (opening: readonly OpeningFigure[]): Goal[] => {
  const last = opening.at(-1);
  if (last === undefined || last.connections < limits.many) return [];
  const kilobytes = last.residentKilobytesPerConnection.ours;
  return [
    {
      subject: `cost: resident per held connection at ${grouped(last.connections)}`,
      goal: `≤ ${String(limits.residentKilobytes)} KB`,
      figure: `${kilobytes.toFixed(1)} KB`,
      met: kilobytes <= limits.residentKilobytes,
    },
  ];
};

/** How flat the cost is over all sizes, up or down, where the last of them is large. */
const scaleGoals = (scale: readonly ScaleFigure[]): Goal[] => {
  const [first, last] = [scale[0], scale.at(-1)];
  if (first === undefined || last === undefined || last.connections < limits.many) return [];
  const costs = scale.map(({ ours }) => ours.cpuMsPerConnection);
  const growth = Math.max(...costs) / Math.min(...costs);
  return [
    {
      subject: `scale: CPU per connection from ${grouped(first.connections)} to ${grouped(last.connections)}`,
      goal: `the dearest size ≤ ${times(limits.growth)} the cheapest`,
      figure: `${times(growth)} (${costs.map((cost) => cost.toFixed(3)).join(', ')} ms)`,
      met: growth <= limits.growth,
    },
  ];
};

const echoGoals = ({
  roundTripsPerSecond,
  cpuMicrosecondsPerRoundTrip,
  serverCpuShare,
}: EchoFigure): Goal[] => [
  {
    subject: 'messages: round trips/s',
    goal: `≥ ${times(limits.echoSpeed)} naive`,
    figure: `${times(roundTripsPerSecond.ratio)}${isServerTheLimit(serverCpuShare) ? ', a lower bound: the server was the limit' : ''}`,
    met: roundTripsPerSecond.ratio >= limits.echoSpeed,
  },
  {
    subject: 'messages: CPU per round trip',
    goal: `≤ ${times(limits.echoCpu)} naive`,
    figure: times(cpuMicrosecondsPerRoundTrip.ratio),
    met: cpuMicrosecondsPerRoundTrip.ratio <= limits.echoCpu,
  },
];

const pacedGoals = ({ messagesPerSecond, p50OfProbe, p99OfProbe }: PacedFigure): Goal[] => {
  const at = `at ${grouped(messagesPerSecond)} messages/s`;
  return [
    within(`messages: p50 round trip ${at}`, 'the side probe', p50OfProbe.ours, limits.pacedP50OfProbe),
    within(`messages: p99 round trip ${at}`, 'the side probe', p99OfProbe.ours, limits.pacedP99OfProbe),
  ];
};

/** Holds the figures against the goals. */
export const holdAgainstGoals = ({ accuracy, opening, messages, scale }: Figures): Goal[] => [
  ...accuracy.flatMap(accuracyGoals),
  ...conclusiveGoals(accuracy),
  ...opening.flatMap(openingGoals),
  ...memoryGoals(opening),
  ...(messages === null ? [] : [...echoGoals(messages.echo), ...pacedGoals(messages.paced)]),
  ...scaleGoals(scale),
];

import { alertName, type AlertName, type MonitorLook } from './monitor-sample.ts';

/** When an alert is raised, and when it is taken back; the unit is that of the alert. */
export interface AlertRule {
  readonly alert: AlertName;
  /** Raised once every value known was above this for so long, … */
  readonly raiseAbove: number;
  readonly forMs: number;
  /** … and cleared by a value below this one, which is at most as high. */
  readonly clearBelow: number;
}

interface AlertKind {
  /** Unit of its thresholds as people write them; null: there is but one threshold. */
  readonly unit: 's' | '%' | 'MiB/min' | null;
  readonly defaults: Omit<AlertRule, 'alert'>;
  /** What a look says of it, in that unit; null when it says nothing. */
  readonly valueOf: (look: MonitorLook) => number | null;
  readonly what: string;
}

const msPerSecond = 1_000;
const bytesPerMiB = 2 ** 20;
const secondsPerMinute = 60;
const isSo = { raiseAbove: 0.5, clearBelow: 0.5 };

const circuitValue = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** The slowest probe since the last look; a failed one is slower than any threshold. */
const worstProbeSeconds = ({ probes }: MonitorLook): number | null =>
  probes.length === 0
    ? null
    : Math.max(
        ...probes.map((probe) =>
          probe.outcome === 'opened' ? probe.connectTimeMs / msPerSecond : Number.POSITIVE_INFINITY,
        ),
      );

/** Every alert with its unit, its thresholds unless told otherwise, and what it is judged by. */
export const alertKinds: Readonly<Record<AlertName, AlertKind>> = {
  // The guide's warning sign, and its good indicator.
  'connect-time': {
    unit: 's',
    defaults: { raiseAbove: 1, forMs: 30_000, clearBelow: 0.5 },
    valueOf: ({ interval }) =>
      interval?.connectTimeMs == null ? null : interval.connectTimeMs.mean / msPerSecond,
    what: 'average connect time',
  },
  'failure-rate': {
    unit: '%',
    defaults: { raiseAbove: 10, forMs: 30_000, clearBelow: 5 },
    valueOf: ({ interval }) => (interval?.failureRatio == null ? null : interval.failureRatio * 100),
    what: 'failed attempts',
  },
  'memory-growth': {
    unit: 'MiB/min',
    defaults: { raiseAbove: 20, forMs: 60_000, clearBelow: 5 },
    valueOf: ({ process }) =>
      process?.memoryGrowthBytesPerSecond == null
        ? null
        : (process.memoryGrowthBytesPerSecond * secondsPerMinute) / bytesPerMiB,
    what: 'growth of the server’s memory',
  },
  'circuit-open': {
    unit: null,
    defaults: { ...isSo, forMs: 0 },
    valueOf: ({ process }) => (process?.circuit == null ? null : circuitValue[process.circuit]),
    what: 'a circuit breaker is open',
  },
  unreachable: {
    unit: null,
    defaults: { ...isSo, forMs: 10_000 },
    valueOf: ({ server }) => (server === 'away' ? 1 : 0),
    what: 'the server does not answer',
  },
  probe: {
    unit: 's',
    defaults: { raiseAbove: 1, forMs: 30_000, clearBelow: 0.5 },
    valueOf: worstProbeSeconds,
    what: 'connect time of the probe',
  },
};

/** All alerts with their own thresholds. */
export const defaultAlertRules = (): readonly AlertRule[] =>
  alertName.options.map((alert) => {
    const { raiseAbove, forMs, clearBelow } = alertKinds[alert].defaults;
    return { alert, raiseAbove, forMs, clearBelow };
  });

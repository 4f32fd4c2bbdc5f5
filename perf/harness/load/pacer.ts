import type { Arrivals } from './arrivals.ts';
import { churnSchedule } from './churn-schedule.ts';
import { rampingAttempts, rampingDueAtMs, wholeAttempts } from './ramping-rate.ts';

/** How many attempts the arrivals plan; tries to come back after a cut are not among them. */
export const plannedAttempts = (arrivals: Arrivals): number => {
  switch (arrivals.kind) {
    case 'ramp':
    case 'reconnect-storm':
    case 'returning':
      return arrivals.connections;
    case 'burst':
      return arrivals.connections * arrivals.bursts;
    case 'constant-arrival-rate':
      return wholeAttempts((arrivals.attemptsPerSecond * arrivals.durationMs) / 1_000);
    case 'ramping-arrival-rate':
      return rampingAttempts(arrivals.startAttemptsPerSecond, arrivals.stages);
    case 'steps':
      return arrivals.connectionsPerStep * arrivals.steps;
    case 'spike':
      return arrivals.baseConnections + arrivals.spikeConnections;
    case 'churn':
      return churnSchedule(arrivals).length;
    default:
      return arrivals satisfies never;
  }
};

/**
 * When attempt `index` is due, in ms since the start of the load; it never depends on an answer (open loop), and is
 * never earlier than that of the attempt before.
 */
export const dueAtMs = (arrivals: Arrivals, index: number): number => {
  switch (arrivals.kind) {
    case 'ramp':
    case 'reconnect-storm':
    case 'returning':
      return index * arrivals.delayMs;
    case 'burst':
      return Math.floor(index / arrivals.connections) * arrivals.everyMs;
    case 'constant-arrival-rate':
      return (index * 1_000) / arrivals.attemptsPerSecond;
    case 'ramping-arrival-rate':
      return rampingDueAtMs(arrivals.startAttemptsPerSecond, arrivals.stages, index);
    case 'steps': {
      const step = Math.floor(index / arrivals.connectionsPerStep);
      return step * arrivals.stepMs + (index % arrivals.connectionsPerStep) * arrivals.delayMs;
    }
    case 'spike':
      return index < arrivals.baseConnections ? index * arrivals.delayMs : arrivals.beforeMs;
    case 'churn':
      return churnSchedule(arrivals)[index]?.dueAtMs ?? arrivals.durationMs;
    default:
      return arrivals satisfies never;
  }
};

/**
 * When the last connections leave, in ms since the start of the load, where the arrivals plan it; null where it follows
 * from a hold.
 */
export const loadEndsAtMs = (arrivals: Arrivals): number | null => {
  switch (arrivals.kind) {
    case 'steps':
      return arrivals.steps * arrivals.stepMs;
    case 'spike':
      return arrivals.beforeMs + arrivals.spikeMs + arrivals.afterMs;
    case 'churn':
    case 'returning':
      return arrivals.durationMs;
    case 'ramp':
    case 'burst':
    case 'constant-arrival-rate':
    case 'ramping-arrival-rate':
    case 'reconnect-storm':
      return null;
    default:
      return arrivals satisfies never;
  }
};

/**
 * From when on the plan keeps the number of open connections level although attempts go on, in ms since the start of
 * the load; null where it is level only once the last attempt is decided.
 */
export const levelFromMs = (arrivals: Arrivals): number | null =>
  arrivals.kind === 'churn' ? (arrivals.connections - 1) * arrivals.delayMs : null;

/** When a connection is planned to leave. */
export type Ending =
  /** With all others, when the hold is over, which begins with the outcome of the last attempt. */
  | { readonly kind: 'with-all' }
  /** With its burst, when the hold is over, which begins with the outcome of the burst's last attempt. */
  | { readonly kind: 'with-burst'; readonly burst: number }
  /** When its own hold is over. */
  | { readonly kind: 'on-its-own' }
  /** At a fixed instant, in ms since the start of the load. */
  | { readonly kind: 'planned'; readonly atMs: number };

/** When the connection of attempt `index` is planned to leave. */
export const endingOf = (arrivals: Arrivals, index: number): Ending => {
  switch (arrivals.kind) {
    case 'ramp':
    case 'reconnect-storm':
      return { kind: 'with-all' };
    case 'burst': {
      const number = Math.floor(index / arrivals.connections);
      return number === arrivals.bursts - 1 ? { kind: 'with-all' } : { kind: 'with-burst', burst: number };
    }
    case 'constant-arrival-rate':
    case 'ramping-arrival-rate':
      return { kind: 'on-its-own' };
    case 'steps':
      return { kind: 'planned', atMs: arrivals.steps * arrivals.stepMs };
    case 'spike': {
      const staysMs = index < arrivals.baseConnections ? arrivals.afterMs : 0;
      return { kind: 'planned', atMs: arrivals.beforeMs + arrivals.spikeMs + staysMs };
    }
    case 'returning':
      return { kind: 'planned', atMs: arrivals.durationMs };
    case 'churn':
      return { kind: 'planned', atMs: churnSchedule(arrivals)[index]?.endsAtMs ?? arrivals.durationMs };
    default:
      return arrivals satisfies never;
  }
};

/** Whether the load ends with a hold of connections that leave all together. */
export const leaveTogether = (arrivals: Arrivals): boolean =>
  endingOf(arrivals, plannedAttempts(arrivals) - 1).kind === 'with-all';

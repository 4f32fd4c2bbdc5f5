import type { Arrivals } from './profile.ts';

/** How many attempts the arrivals plan. */
export const plannedAttempts = (arrivals: Arrivals): number => {
  switch (arrivals.kind) {
    case 'ramp':
      return arrivals.connections;
    case 'constant-arrival-rate':
      return Math.floor((arrivals.attemptsPerSecond * arrivals.durationMs) / 1_000);
    default:
      return arrivals satisfies never;
  }
};

/** When attempt `index` is due, in ms since the start of the load; it never depends on an answer (open loop). */
export const dueAtMs = (arrivals: Arrivals, index: number): number => {
  switch (arrivals.kind) {
    case 'ramp':
      return index * arrivals.delayMs;
    case 'constant-arrival-rate':
      return (index * 1_000) / arrivals.attemptsPerSecond;
    default:
      return arrivals satisfies never;
  }
};

/** Whether each connection is closed when its own hold is over, or all together at the end. */
export const livesOnItsOwn = (arrivals: Arrivals): boolean => arrivals.kind === 'constant-arrival-rate';

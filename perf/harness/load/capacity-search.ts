import { HarnessError } from '../harness-error.ts';

/** How a capacity is searched: whole numbers of connections. */
export interface CapacitySteps {
  readonly startConnections: number;
  readonly maximumConnections: number;
  readonly stepConnections: number;
}

/** @throws HarnessError PLAN_INVALID: with a step of nothing the search would never end. */
export const assertSteps = (steps: CapacitySteps): void => {
  for (const [name, value] of Object.entries(steps)) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new HarnessError(
      'PLAN_INVALID',
      `A capacity search has ${name} ${String(value)}, but it takes whole numbers of connections, at least 1.`,
    );
  }
};

/** A level that was tried. */
export interface TriedLevel {
  readonly connections: number;
  /** `met`: it held; whatever else: it did not. */
  readonly outcome: string;
}

/** The finest difference worth another level: a tenth of the step, at least one connection. */
const resolution = ({ stepConnections }: CapacitySteps): number =>
  Math.max(1, Math.floor(stepConnections / 10));

/**
 * The next level to try, or null when the search is over. Climbs by steps until a level does not hold, then halves
 * the distance between the last good level and the first bad one.
 *
 *     connections │             x
 *                 │          ┌──┘ bad
 *                 │       ┌──┤  ┌─ refined
 *                 │    ┌──┘  └──┘
 *                 └────┴──────────── time
 */
export const nextLevel = (steps: CapacitySteps, tried: readonly TriedLevel[]): number | null => {
  const { startConnections, maximumConnections, stepConnections } = steps;
  const good = highestGood(tried);
  const bad = Math.min(
    ...tried.filter(({ outcome }) => outcome !== 'met').map(({ connections }) => connections),
  );
  if (!Number.isFinite(bad)) {
    if (good === null) return Math.min(startConnections, maximumConnections);
    return good >= maximumConnections ? null : Math.min(maximumConnections, good + stepConnections);
  }
  const low = good ?? 0;
  if (bad - low <= resolution(steps)) return null;
  const middle = Math.floor((low + bad) / 2);
  return middle <= low ? null : middle;
};

/** The highest level that held, below every level that did not; null when none did. */
export const highestGood = (tried: readonly TriedLevel[]): number | null => {
  const bad = Math.min(
    ...tried.filter(({ outcome }) => outcome !== 'met').map(({ connections }) => connections),
  );
  const good = tried
    .filter(({ outcome, connections }) => outcome === 'met' && connections < bad)
    .map(({ connections }) => connections);
  return good.length === 0 ? null : Math.max(...good);
};

import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import type { AgentsRecord } from '../harness/record/run-record.ts';

/** From here on the cores of a machine are all in use: its counters are coarse. */
const allCoresRatio = 0.95;

const largest = (values: readonly (number | null)[]): number | null =>
  values.reduce((most, value) => (value === null ? most : Math.max(most ?? value, value)), null);

const sum = (rates: readonly (number | null)[]): number =>
  rates.reduce<number>((total, one) => total + (one ?? 0), 0);

const rate = (perSecond: number): string => perSecond.toFixed(perSecond < 10 ? 1 : 0);

const percent = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`;

/**
 * What the generator saw of itself while it opened the connections, of several agents the worst:
 * `Self-check: CPU 12 % of a core · answers waited 0.1 ms in the generator, p95 0.4 ms · 10 starts/s of 10 planned, 1 a turn`;
 * null: nothing.
 */
export const selfCheckLine = ({ selfReports }: Pick<AgentsRecord, 'selfReports'>): string | null => {
  if (selfReports.length === 0) return null;
  const openings = selfReports.map(({ opening }) => opening);
  const paces = selfReports.map(({ pacing }) => pacing);
  const meanMs = largest(openings.map(({ wait }) => wait?.meanMs ?? null));
  const p95Ms = largest(openings.map(({ wait }) => wait?.p95Ms ?? null));
  const startsPerSecond = sum(paces.map((pace) => pace.achievedPerSecond));
  const plannedPerSecond = sum(paces.map((pace) => pace.plannedPerSecond));
  const startsPerTurn = largest(paces.map((pace) => pace.startsPerTurn?.median ?? null));
  const machineBusyRatio = largest(openings.map((opening) => opening.machineBusyRatio)) ?? 0;
  const parts = [
    `CPU ${percent(Math.max(...openings.map(({ cpuRatio }) => cpuRatio)))} of a core`,
    ...(meanMs === null
      ? []
      : [
          `answers waited ${formatQuantity(meanMs, 'ms')} in the generator, p95 ${formatQuantity(p95Ms, 'ms')}`,
        ]),
    ...(startsPerSecond === 0 || startsPerTurn === null
      ? []
      : [
          `${rate(startsPerSecond)} starts/s${plannedPerSecond === 0 ? '' : ` of ${rate(plannedPerSecond)} planned`}, ${String(startsPerTurn)} a turn`,
        ]),
    ...(machineBusyRatio < allCoresRatio ? [] : ['all cores of this machine in use']),
  ];
  return `Self-check: ${parts.join(' · ')}`;
};

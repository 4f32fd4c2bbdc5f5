import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import type { AgentsRecord } from '../harness/record/run-record.ts';

/** From here on the cores of a machine are all in use: its counters are coarse. */
const allCoresRatio = 0.95;

const largest = (values: readonly (number | null)[]): number | null =>
  values.reduce((most, value) => (value === null ? most : Math.max(most ?? value, value)), null);

const percent = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`;

/**
 * What the generator saw of itself while it opened the connections, of several agents the worst:
 * `Self-check: CPU 12 % of a core · answers waited 0.1 ms in the generator, p95 0.4 ms · 10 starts/s, 1 a turn`; null: nothing.
 */
export const selfCheckLine = ({ selfReports }: Pick<AgentsRecord, 'selfReports'>): string | null => {
  if (selfReports.length === 0) return null;
  const openings = selfReports.map(({ opening }) => opening);
  const paces = selfReports.map(({ pacing }) => pacing);
  const meanMs = largest(openings.map(({ wait }) => wait?.meanMs ?? null));
  const p95Ms = largest(openings.map(({ wait }) => wait?.p95Ms ?? null));
  const startsPerSecond = paces.reduce((total, pace) => total + (pace.achievedPerSecond ?? 0), 0);
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
          `${startsPerSecond.toFixed(startsPerSecond < 10 ? 1 : 0)} starts/s, ${String(startsPerTurn)} a turn`,
        ]),
    ...(machineBusyRatio < allCoresRatio ? [] : ['all cores of this machine in use']),
  ];
  return `Self-check: ${parts.join(' · ')}`;
};

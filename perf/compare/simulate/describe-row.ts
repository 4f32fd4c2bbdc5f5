import { isMet, type AcceptanceRow } from './acceptance-row.ts';

const percent = (ratio: number): string => `${String(Number((100 * ratio).toFixed(3)))} %`;

/** One line of the acceptance table: what, where, the target, what was found, and whether that is enough. */
export const describeRow = (row: AcceptanceRow): string => {
  const { group, title, machine, happened, trials, target } = row;
  const sign = target.comparison === 'at most' ? '≤' : '≥';
  return [
    String(group),
    title.padEnd(56),
    machine.padEnd(8),
    `${sign} ${percent(target.ratio)}`.padEnd(10),
    percent(happened / trials).padEnd(9),
    `${happened.toLocaleString('en')} of ${trials.toLocaleString('en')}`.padEnd(18),
    isMet(row) ? 'met' : 'MISSED',
  ].join('  ');
};

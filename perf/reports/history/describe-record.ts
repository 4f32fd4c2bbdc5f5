import type { HistoryRecord } from '../../tracking/history/history-record.ts';
import { printableLine } from '../printable.ts';
import { everyRecord, historyRows } from './history-rows.ts';
import { table } from '../table.ts';

const whatItIs = (record: HistoryRecord): string =>
  record.kind === 'scenarios'
    ? `scenarios, ${String(record.scenarios.length)} judged ${record.scenarios.length === 1 ? 'load' : 'loads'}`
    : `comparison against ${record.base.role} ${record.base.sha.slice(0, 10)}: ${record.verdict}, seed ${record.seed}`;

/** Everything that is kept of one run, line by line. */
export const describeRecord = (record: HistoryRecord): readonly string[] => {
  const { commit, machine, reference } = record;
  const facts: readonly (readonly [string, string])[] = [
    ['run', `${record.runId}, attempt ${String(record.attempt)}: ${whatItIs(record)}`],
    ['commit', `${commit.sha} of ${commit.committedAt}, ${commit.branch ?? 'detached HEAD'}`],
    ['parent', commit.parent ?? 'none'],
    ['work tree', commit.isDirty ? 'with changes that the commit does not hold' : 'clean'],
    ['measured', `${record.startedAt} to ${record.finishedAt}, ws-perf-gate ${record.packageVersion}`],
    [
      'machine',
      `${machine.cpuModel}, ${String(machine.cores)} cores, ${machine.platform}, Node ${machine.node}`,
    ],
    ['runner class', machine.runnerClass],
    ['lockfile', machine.lockfileHash ?? 'none'],
    ['reference', reference === null ? 'none' : `${reference.id} (${reference.sha.slice(0, 10)})`],
    ['project', record.project],
    ...(record.jobUrl === null ? [] : [['job', record.jobUrl] as const]),
  ];
  const rows = historyRows([record], { ...everyRecord, wantsAll: true });
  return [
    ...facts.map(([name, value]) => `${name.padEnd(13)} ${printableLine(value)}`),
    '',
    ...table(
      [
        { title: 'Metric', align: 'left' },
        { title: 'Value', align: 'right' },
        { title: 'Verdict', align: 'left' },
      ],
      rows.map(({ subject, value, verdict }) => [subject, value, verdict].map(printableLine)),
    ),
  ];
};

import type { Colors } from 'picocolors/types.js';
import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import {
  describeEarlyEnd,
  describeFailures,
  describeWarmUp,
  verdictLine,
} from '../harness/thresholds/describe-verdict.ts';
import type { FailureCount, RunRecord, ValidityCheck } from '../harness/record/run-record.ts';
import { agentsLine } from './agents-line.ts';
import { capacityLines } from './capacity-lines.ts';
import { gradeLine } from './grade-line.ts';
import { guideBlock } from './guide-block.ts';
import { messageLines } from './message-lines.ts';
import { printableLine } from './printable.ts';
import { selfCheckLine } from './self-check-line.ts';
import { serverLine } from './server-line.ts';
import { trendTable } from './trend-table.ts';
import { wrap } from './wrap.ts';

/** The widest line of a report. */
export const reportWidth = 100;

const failureLines = (failures: readonly FailureCount[]): readonly string[] => {
  if (failures.length === 0) return [];
  return [
    'Failures by reason:',
    ...failures.flatMap((failure) => {
      const detail = failure.detail === null ? '' : ` – ${printableLine(failure.detail)}`;
      return wrap(`  ${describeFailures([failure])}${detail}`, reportWidth, '    ');
    }),
  ];
};

const quantity = (value: number | null, unit: ValidityCheck['unit']): string => formatQuantity(value, unit);

const validityLines = ({ checks }: RunRecord['validity']): readonly string[] =>
  checks
    .filter(({ passed }) => !passed)
    .flatMap(({ name, unit, observed, limit, concerns, reason, remedy }) =>
      wrap(
        `! The generator could not measure ${concerns === undefined ? '' : `${concerns.join(', ')} `}truly: ${name} ${quantity(observed, unit)}, limit ${quantity(limit, unit)}. ${reason} ${remedy}`,
        reportWidth,
        '  ',
      ),
    );

const differenceLines = ({ differences }: RunRecord['server']): readonly string[] =>
  (differences ?? []).flatMap((difference) => wrap(`! ${printableLine(difference)}`, reportWidth, '  '));

const gradeColor = { good: 'green', warning: 'yellow', poor: 'red', 'not graded': 'dim' } as const;
const verdictColor = { met: 'green', broken: 'red', inconclusive: 'yellow' } as const;

/** Lines in groups, an empty line between two groups that hold something. */
const paragraphs = (groups: readonly (readonly string[])[]): readonly string[] =>
  groups.flatMap((group) => (group.length === 0 ? [] : ['', group].flat())).slice(1);

/** One run as people read it: the guide's block, percentiles, failures, the server, thresholds and the grade. */
export const runSection = (record: RunRecord, colors: Colors): readonly string[] => {
  const { counts, server, verdicts, grade } = record;
  const remarks = [
    ...(counts.notStarted > 0 ? [`! ${String(counts.notStarted)} attempts were not started`] : []),
    ...(record.warmUp === null ? [] : wrap(`! Warm-up: ${describeWarmUp(record.warmUp)}`, reportWidth, '  ')),
    ...(record.endedEarly === null
      ? []
      : wrap(`! Ended ${describeEarlyEnd(record.endedEarly)}`, reportWidth, '  ')),
    ...(record.interrupted === null ? [] : [`! Interrupted: ${printableLine(record.interrupted)}`]),
    ...validityLines(record.validity),
    ...differenceLines(server),
  ].map((line) => colors.yellow(line));
  return paragraphs([
    guideBlock(record),
    trendTable(record.metrics),
    messageLines(record).flatMap((line) => wrap(line, reportWidth, '  ')),
    failureLines(record.failures),
    [agentsLine(record.agents), selfCheckLine(record.agents), serverLine(server)].flatMap((line) =>
      line === null ? [] : wrap(line, reportWidth, '  '),
    ),
    record.capacity === null ? [] : capacityLines(record.capacity),
    remarks,
    [
      ...verdicts.flatMap((verdict) =>
        wrap(printableLine(verdictLine(verdict)), reportWidth, '  ').map((line) =>
          colors[verdictColor[verdict.outcome]](line),
        ),
      ),
      ...wrap(gradeLine(grade), reportWidth, '  ').map((line) => colors[gradeColor[grade.word]](line)),
    ],
  ]);
};

import type { Colors } from 'picocolors/types.js';
import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import { describeEarlyEnd, describeWarmUp } from '../harness/thresholds/describe-verdict.ts';
import { verdictLines } from '../harness/thresholds/verdict-lines.ts';
import type { RunRecord, ValidityCheck } from '../harness/record/run-record.ts';
import { agentsLine } from './agents-line.ts';
import { capacityLines } from './capacity-lines.ts';
import { connectHistogram } from './connect-histogram.ts';
import { failureLines } from './failure-lines.ts';
import { gradeLines } from './grade-lines.ts';
import { guideBlock } from './guide-block.ts';
import { messageLines } from './message-lines.ts';
import { printableLine } from './printable.ts';
import { runTimeline } from './run-timeline.ts';
import { selfCheckLine } from './self-check-line.ts';
import { serverLine } from './server-line.ts';
import { trendTable } from './trend-table.ts';
import { wrap } from './wrap.ts';

/** The widest line of a report. */
export const reportWidth = 100;

const quantity = (value: number | null, unit: ValidityCheck['unit']): string => formatQuantity(value, unit);

const validityLines = ({ checks }: RunRecord['validity'], width: number): readonly string[] =>
  checks
    .filter(({ passed }) => !passed)
    .flatMap(({ name, unit, observed, limit, concerns, reason, remedy }) =>
      wrap(
        `! The generator could not measure ${concerns === undefined ? '' : `${concerns.join(', ')} `}truly: ${name} ${quantity(observed, unit)}, limit ${quantity(limit, unit)}. ${reason} ${remedy}`,
        width,
        '  ',
      ),
    );

const differenceLines = ({ differences }: RunRecord['server'], width: number): readonly string[] =>
  (differences ?? []).flatMap((difference) => wrap(`! ${printableLine(difference)}`, width, '  '));

const gradeColor = { good: 'green', warning: 'yellow', poor: 'red', 'not graded': 'dim' } as const;
const verdictColor = { met: 'green', broken: 'red', inconclusive: 'yellow' } as const;

/** Lines in groups, an empty line between two groups that hold something. */
const paragraphs = (groups: readonly (readonly string[])[]): readonly string[] =>
  groups.flatMap((group) => (group.length === 0 ? [] : ['', group].flat())).slice(1);

/** One run as people read it: the guide's block, percentiles, charts, failures, the server, thresholds and the grade. */
export const runSection = (record: RunRecord, colors: Colors, width = reportWidth): readonly string[] => {
  const { counts, server, verdicts, grade } = record;
  const remarks = [
    ...(counts.notStarted > 0 ? [`! ${String(counts.notStarted)} attempts were not started`] : []),
    ...(record.warmUp === null ? [] : wrap(`! Warm-up: ${describeWarmUp(record.warmUp)}`, width, '  ')),
    ...(record.endedEarly === null
      ? []
      : wrap(`! Ended ${printableLine(describeEarlyEnd(record.endedEarly))}`, width, '  ')),
    ...(record.interrupted === null ? [] : [`! Interrupted: ${printableLine(record.interrupted)}`]),
    ...validityLines(record.validity, width),
    ...differenceLines(server, width),
  ].map((line) => colors.yellow(line));
  return paragraphs([
    guideBlock(record),
    trendTable(record.metrics, width),
    connectHistogram(record.metrics, width),
    runTimeline(record, width),
    messageLines(record).flatMap((line) => wrap(line, width, '  ')),
    failureLines(record.failures, width),
    [agentsLine(record.agents), selfCheckLine(record.agents), serverLine(server)].flatMap((line) =>
      line === null ? [] : wrap(line, width, '  '),
    ),
    record.capacity === null ? [] : capacityLines(record.capacity, width),
    remarks,
    [
      ...verdictLines(verdicts).flatMap(({ outcome, text }) =>
        wrap(printableLine(text), width, '  ').map((line) => colors[verdictColor[outcome]](line)),
      ),
      ...gradeLines(grade).flatMap((line) =>
        wrap(line, width, line.startsWith(' ') ? '    ' : '  ').map((part) =>
          colors[gradeColor[grade.word]](part),
        ),
      ),
    ],
  ]);
};

import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import { closingColumns, closingRow } from './closing-table.ts';
import { finalSentence } from './final-sentence.ts';
import { printableLine } from './printable.ts';
import { reportWidth } from './run-section.ts';
import { scenarioSection } from './scenario-section.ts';
import type { SessionResult } from './session-result.ts';
import { table } from './table.ts';
import { wrap } from './wrap.ts';

/** The end of a report: the closing table, what went wrong outside of scenarios, and the final sentence. */
export const closingLines = (
  session: SessionResult,
  colors: Colors,
  width = reportWidth,
): readonly string[] => {
  const [titles, ...rows] = table(closingColumns, session.scenarios.map(closingRow), width);
  return [
    ...(session.scenarios.length === 0 ? [] : [colors.bold(titles ?? ''), ...rows, '']),
    ...session.faults.flatMap((fault) =>
      wrap(printableLine(fault), width, '  ').map((line) => colors.red(line)),
    ),
    ...wrap(finalSentence(session), width),
  ];
};

/** The whole session as plain text (`--report`): what the terminal showed, without colours and progress. */
export const textReport = (session: SessionResult): string => {
  const colors = picocolors.createColors(false);
  const { target } = session;
  return [
    'WebSocket performance report',
    `Session: ${session.sessionId}`,
    `Started: ${session.startedAt}`,
    `Finished: ${session.finishedAt}`,
    ...wrap(`Target: ${printableLine(target?.label ?? 'none came up')}`, reportWidth, '  '),
    ...(target?.notices ?? []).flatMap((notice) => wrap(`! ${printableLine(notice)}`, reportWidth, '  ')),
    '',
    ...session.scenarios.flatMap((scenario) => [...scenarioSection(scenario, colors), '']),
    ...closingLines(session, colors),
    '',
  ].join('\n');
};

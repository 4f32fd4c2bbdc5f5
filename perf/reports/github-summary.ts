import { capacityLine } from './capacity-lines.ts';
import { closingColumns, closingRow } from './closing-table.ts';
import { finalSentence } from './final-sentence.ts';
import { codeBlock, escapeMarkdown, markdownRow as row } from './markdown.ts';
import { outcomeMark } from './scenario-section.ts';
import type { ScenarioResult, SessionResult } from './session-result.ts';

const details = (scenario: ScenarioResult): readonly string[] => {
  const capacity = scenario.records.flatMap((record) => (record.capacity === null ? [] : [record.capacity]));
  const lines = [
    ...(scenario.reason === null ? [] : [escapeMarkdown(scenario.reason), '']),
    ...capacity.flatMap((found) => [escapeMarkdown(capacityLine(found)), '']),
    ...scenario.errors.flatMap((error) => [...codeBlock(error), '']),
  ];
  if (lines.length === 0) return [];
  const mark = outcomeMark[scenario.outcome];
  return [`#### ${mark} ${escapeMarkdown(`${scenario.name}: ${scenario.title}`)}`, '', ...lines];
};

/** The session as a GitHub job summary in Markdown: verdict, table, and what failed or was skipped. */
export const githubSummary = (session: SessionResult): string =>
  [
    '## WebSocket performance',
    '',
    `**${escapeMarkdown(finalSentence(session))}**`,
    '',
    `Target: ${escapeMarkdown(session.target?.label ?? 'none came up')}`,
    '',
    ...(session.target?.notices ?? []).flatMap((notice) => [`> ${escapeMarkdown(notice)}`, '']),
    ...session.faults.flatMap((fault) => [`- ${escapeMarkdown(fault)}`, '']),
    ...(session.scenarios.length === 0
      ? []
      : [
          row(closingColumns.map(({ title }) => title)),
          row(closingColumns.map(({ align }) => (align === 'left' ? ':--' : '--:'))),
          ...session.scenarios.map((scenario) => row(closingRow(scenario).map(escapeMarkdown))),
          '',
        ]),
    ...session.scenarios.flatMap(details),
  ].join('\n');

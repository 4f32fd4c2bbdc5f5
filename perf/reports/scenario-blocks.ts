import { verdictLines } from '../harness/thresholds/verdict-lines.ts';
import { capacityLine } from './capacity-lines.ts';
import { closingColumns, closingRow } from './closing-table.ts';
import { connectChart } from './connect-chart.ts';
import { gradeLine } from './grade-line.ts';
import { judgedRecords } from './judged-records.ts';
import { codeBlock, escapeMarkdown, markdownRow as row } from './markdown.ts';
import { outcomeMark } from './scenario-section.ts';
import type { ScenarioResult } from './session-result.ts';

const block = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

const summaryTable = (scenarios: readonly ScenarioResult[]): string =>
  block([
    row(closingColumns.map(({ title }) => title)),
    row(closingColumns.map(({ align }) => (align === 'left' ? ':--' : '--:'))),
    ...scenarios.map((scenario) => row(closingRow(scenario).map(escapeMarkdown))),
  ]);

const details = (scenario: ScenarioResult): string => {
  const records = judgedRecords(scenario.records);
  const verdicts = records.flatMap((record) => [
    ...verdictLines(record.verdicts).map(({ text }) => `- ${escapeMarkdown(text)}`),
    `- ${escapeMarkdown(gradeLine(record.grade))}`,
  ]);
  const capacity = records.flatMap((record) => (record.capacity === null ? [] : [record.capacity]));
  return block([
    `#### ${outcomeMark[scenario.outcome]} ${escapeMarkdown(`${scenario.name}: ${scenario.title}`)}`,
    '',
    ...(scenario.reason === null ? [] : [escapeMarkdown(scenario.reason), '']),
    ...capacity.flatMap((found) => [escapeMarkdown(capacityLine(found)), '']),
    ...(verdicts.length === 0 ? [] : [...verdicts, '']),
    ...scenario.errors.flatMap(({ message }) => [...codeBlock(message), '']),
  ]);
};

/** Scenarios as Markdown, in blocks that each stand alone: the table, a chart, then every scenario with its verdicts. */
export const scenarioBlocks = (scenarios: readonly ScenarioResult[]): readonly string[] => {
  if (scenarios.length === 0) return [];
  const chart = connectChart(scenarios);
  return [summaryTable(scenarios), ...(chart.length === 0 ? [] : [block(chart)]), ...scenarios.map(details)];
};

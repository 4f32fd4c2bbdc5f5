import type { Comparison } from '../compare/comparison-record.ts';
import { comparisonColumns, comparisonRow } from './comparison-text.ts';
import { escapeMarkdown, markdownRow } from './markdown.ts';

/** The notices, the table and the sentences of a comparison as lines of Markdown, closed by an empty one. */
export const comparisonFigures = ({
  metrics,
  successRate,
  messageCount,
  notices,
}: Comparison): readonly string[] => [
  ...notices.flatMap((notice) => [`> ${escapeMarkdown(notice)}`, '']),
  markdownRow(comparisonColumns.map(({ title }) => title)),
  markdownRow(comparisonColumns.map(({ align }) => (align === 'left' ? ':--' : '--:'))),
  ...metrics.map((metric) => markdownRow(comparisonRow(metric).map(escapeMarkdown))),
  '',
  ...metrics.filter(({ isGated }) => isGated).map(({ sentence }) => `- ${escapeMarkdown(sentence)}`),
  `- ${escapeMarkdown(successRate.sentence)}`,
  `- ${escapeMarkdown(messageCount.sentence)}`,
  '',
];

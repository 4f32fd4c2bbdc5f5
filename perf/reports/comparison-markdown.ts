import type { Comparison } from '../compare/comparison-record.ts';
import { comparisonColumns, comparisonHeadline, comparisonRow } from './comparison-text.ts';
import { codeBlock, escapeMarkdown, markdownRow } from './markdown.ts';

/** A comparison as Markdown, for a job summary or a comment; whatever it holds is shown literally. */
export const comparisonMarkdown = (comparison: Comparison): string => {
  const { base, head, blocks, metrics, successRate, messageCount, notices, machine, command } = comparison;
  return [
    '## WebSocket performance, head against base',
    '',
    `**${escapeMarkdown(comparisonHeadline(comparison))}**`,
    '',
    `Base ${escapeMarkdown(base.label)}, head ${escapeMarkdown(head.label)}: ${String(blocks)} blocks of alternating operations on one machine (${escapeMarkdown(machine.cpuModel)}, ${String(machine.cores)} cores, Node ${escapeMarkdown(machine.node)}).`,
    '',
    ...notices.flatMap((notice) => [`> ${escapeMarkdown(notice)}`, '']),
    markdownRow(comparisonColumns.map(({ title }) => title)),
    markdownRow(comparisonColumns.map(({ align }) => (align === 'left' ? ':--' : '--:'))),
    ...metrics.map((metric) => markdownRow(comparisonRow(metric).map(escapeMarkdown))),
    '',
    ...metrics.filter(({ isGated }) => isGated).map(({ sentence }) => `- ${escapeMarkdown(sentence)}`),
    `- ${escapeMarkdown(successRate.sentence)}`,
    `- ${escapeMarkdown(messageCount.sentence)}`,
    '',
    'Measure it again:',
    '',
    ...codeBlock(command),
    '',
  ].join('\n');
};

import type { Comparison } from '../compare/comparison-record.ts';
import { comparisonFigures } from './comparison-figures.ts';
import { comparisonHeadline } from './comparison-text.ts';
import { codeBlock, escapeMarkdown } from './markdown.ts';

/** A comparison as Markdown, for a job summary or a comment; whatever it holds is shown literally. */
export const comparisonMarkdown = (comparison: Comparison): string => {
  const { base, head, blocks, machine, command } = comparison;
  return [
    '## WebSocket performance, head against base',
    '',
    `**${escapeMarkdown(comparisonHeadline(comparison))}**`,
    '',
    `Base ${escapeMarkdown(base.label)}, head ${escapeMarkdown(head.label)}: ${String(blocks)} blocks of alternating operations on one machine (${escapeMarkdown(machine.cpuModel)}, ${String(machine.cores)} cores, Node ${escapeMarkdown(machine.node)}).`,
    '',
    ...comparisonFigures(comparison),
    'Measure it again:',
    '',
    ...codeBlock(command),
    '',
  ].join('\n');
};

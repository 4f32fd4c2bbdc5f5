import type { Comparison } from '../../compare/comparison-record.ts';
import { comparisonColumns, comparisonHeadline, comparisonRow } from '../comparison-text.ts';
import { codeBlock, escapeMarkdown, markdownRow } from '../markdown.ts';

/** What a comment on a pull request tells of; both comparisons were rebuilt from their numbers. */
export interface CommentedComparison {
  readonly first: Comparison;
  /** The second one, where the first had failed. */
  readonly confirmation: Comparison | null;
  /** The run's page, as GitHub says it. */
  readonly runUrl: string;
}

const figures = ({ metrics, successRate, messageCount, notices }: Comparison): readonly string[] => [
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

const folded = (title: string, lines: readonly string[]): readonly string[] => [
  `<details><summary>${title}</summary>`,
  '',
  ...lines,
  '</details>',
  '',
];

const missingConfirmation = 'The second comparison left no result: see the run.';

/** A comparison as a comment: the verdict, its figures, and the first comparison folded where there was a second. */
export const comparisonComment = ({ first, confirmation, runUrl }: CommentedComparison): string => {
  const decisive = confirmation ?? first;
  const { base, head, blocks, machine, command } = decisive;
  return [
    '### WebSocket performance: this pull request against its base',
    '',
    `**${escapeMarkdown(comparisonHeadline(decisive))}**`,
    '',
    ...(confirmation === null && first.awaitsConfirmation ? [missingConfirmation, ''] : []),
    ...figures(decisive),
    ...(confirmation === null ? [] : folded('The first comparison, which failed', figures(first))),
    ...folded('Measure it again', [...codeBlock(command), '']),
    `<sub>Base ${escapeMarkdown(base.label)}, head ${escapeMarkdown(head.label)}: ${String(blocks)} blocks of alternating operations on ${String(machine.cores)} cores. [The run](${encodeURI(runUrl)}) has everything.</sub>`,
    '',
  ].join('\n');
};

import type { Comparison } from '../../compare/comparison-record.ts';
import { comparisonFigures } from '../comparison-figures.ts';
import { comparisonHeadline } from '../comparison-text.ts';
import { codeBlock, escapeMarkdown } from '../markdown.ts';

/** What a comment on a pull request tells of; both comparisons were rebuilt from their numbers. */
export interface CommentedComparison {
  readonly first: Comparison;
  /** The second one, where the first had failed. */
  readonly confirmation: Comparison | null;
  /** The run's page, as GitHub says it. */
  readonly runUrl: string;
}

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
    ...comparisonFigures(decisive),
    ...(confirmation === null ? [] : folded('The first comparison, which failed', comparisonFigures(first))),
    ...folded('Measure it again', [...codeBlock(command), '']),
    `<sub>Base ${escapeMarkdown(base.label)}, head ${escapeMarkdown(head.label)}: ${String(blocks)} blocks of alternating operations on ${String(machine.cores)} cores. [The run](${encodeURI(runUrl)}) has everything.</sub>`,
    '',
  ].join('\n');
};

import { finalSentence } from './final-sentence.ts';
import { escapeMarkdown } from './markdown.ts';
import { scenarioBlocks } from './scenario-blocks.ts';
import type { SessionResult } from './session-result.ts';

/** GitHub takes so much of one step, and else shows nothing at all. */
export const summaryLimitBytes = 1_048_576;

const leftOut = (blocks: number): string =>
  `${String(blocks)} more are left out, because GitHub takes no longer summary. They are in the log.\n`;

/** As many of the blocks, from the first on, as there is room for. */
const fit = (blocks: readonly string[], roomBytes: number): string => {
  const kept: string[] = [];
  let used = Buffer.byteLength(leftOut(blocks.length));
  for (const block of blocks) {
    used += Buffer.byteLength(block) + 1;
    if (used > roomBytes) break;
    kept.push(block);
  }
  const rest = blocks.length - kept.length;
  return [...kept, ...(rest === 0 || kept.length === 0 ? [] : [leftOut(rest)])].join('\n');
};

/** The session as Markdown, for a job summary on GitHub: verdict, table, chart, and every scenario with its verdicts. */
export const githubSummary = (session: SessionResult, roomBytes = summaryLimitBytes): string => {
  const head = [
    '## WebSocket performance',
    '',
    `**${escapeMarkdown(finalSentence(session))}**`,
    '',
    `Target: ${escapeMarkdown(session.target?.label ?? 'none came up')}`,
    '',
    ...(session.target?.notices ?? []).flatMap((notice) => [`> ${escapeMarkdown(notice)}`, '']),
    ...session.faults.flatMap((fault) => [`- ${escapeMarkdown(fault)}`, '']),
  ];
  return fit([head.join('\n'), ...scenarioBlocks(session.scenarios)], roomBytes);
};

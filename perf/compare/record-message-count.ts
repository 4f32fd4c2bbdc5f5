import type { Comparison } from './comparison-record.ts';
import { describeMessageCount, judgeMessageCount } from './judge-message-count.ts';
import { perSide, type PerSide } from './side.ts';

/** Compares how many messages both sides' operations received. */
export const recordMessageCount = (
  counts: PerSide<Pick<Comparison['base'], 'messages'>>,
): Comparison['messageCount'] => {
  const messages = perSide((side) => counts[side].messages);
  return { outcome: judgeMessageCount(messages), sentence: describeMessageCount(messages) };
};

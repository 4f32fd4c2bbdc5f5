import type { PerSide } from './side.ts';

/** How many messages a side's operations received before their ping's answer, those of a feed aside; null: none succeeded. */
export type MessageCount = { readonly fewest: number; readonly most: number } | null;

/** `varies`: at least one side sends now this many, now that many, so that there is no count to compare. */
export type MessageCountOutcome = 'pass' | 'fail' | 'varies';

/** The counts of many operations as one. */
export const messageCountOf = (counts: readonly number[]): MessageCount => {
  const [first] = counts;
  if (first === undefined) return null;
  // Not Math.min(...counts): there are more of them than a call takes arguments.
  return counts.reduce(
    ({ fewest, most }, count) => ({ fewest: Math.min(fewest, count), most: Math.max(most, count) }),
    { fewest: first, most: first },
  );
};

/** Counts do not scatter, so they are compared exactly: one that the other side never has fails. */
export const judgeMessageCount = ({ base, head }: PerSide<MessageCount>): MessageCountOutcome => {
  if (base === null || head === null) return 'varies';
  if (base.most < head.fewest || head.most < base.fewest) return 'fail';
  return base.fewest === base.most && head.fewest === head.most ? 'pass' : 'varies';
};

const inWords = (count: MessageCount): string => {
  if (count === null) return 'none';
  const { fewest, most } = count;
  return fewest === most ? String(fewest) : `${String(fewest)} to ${String(most)}`;
};

/** `FAIL messages: base 2 → head 1 a connection. Counts are compared exactly.` */
export const describeMessageCount = (counts: PerSide<MessageCount>): string => {
  const { base, head } = counts;
  const both = `base ${inWords(base)} → head ${inWords(head)} a connection`;
  const outcome = judgeMessageCount(counts);
  switch (outcome) {
    case 'pass':
      return `messages: ${inWords(base)} a connection at base and head`;
    case 'fail':
      return `FAIL messages: ${both}. Counts are compared exactly.`;
    case 'varies':
      return `messages: ${both}; they vary by themselves, and are not compared`;
    default:
      return outcome satisfies never;
  }
};

/** How many messages a successful connection received, at base and at head. */
export interface MessageCounts {
  readonly base: number;
  readonly head: number;
}

/** Counts do not scatter, so they are compared exactly: any difference fails. */
export const judgeMessageCount = ({ base, head }: MessageCounts): 'pass' | 'fail' =>
  base === head ? 'pass' : 'fail';

/** `FAIL initial messages: base 2 → head 1 a connection. Counts are compared exactly.` */
export const describeMessageCount = (title: string, counts: MessageCounts): string => {
  const { base, head } = counts;
  return judgeMessageCount(counts) === 'pass'
    ? `PASS ${title}: ${String(base)} a connection at base and head`
    : `FAIL ${title}: base ${String(base)} → head ${String(head)} a connection. Counts are compared exactly.`;
};

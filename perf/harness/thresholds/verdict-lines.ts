import { standingLine, verdictLine } from './describe-verdict.ts';
import type { Verdict } from './verdict.ts';

/** One line about verdicts, and how it is to be coloured. */
export interface VerdictLine {
  readonly outcome: Verdict['outcome'];
  readonly text: string;
}

const reasonOf = (verdict: Verdict | undefined): string | null =>
  verdict?.outcome === 'inconclusive' ? verdict.reason : null;

/** A line for each verdict; a reason that several in a row share stands once, below them. */
export const verdictLines = (verdicts: readonly Verdict[]): readonly VerdictLine[] => {
  const lines: VerdictLine[] = [];
  let alike = 0;
  for (const [place, verdict] of verdicts.entries()) {
    const { outcome } = verdict;
    const reason = reasonOf(verdict);
    const isLast = reasonOf(verdicts[place + 1]) !== reason;
    alike = reason === null ? 0 : alike + 1;
    if (reason === null || (isLast && alike === 1)) lines.push({ outcome, text: verdictLine(verdict) });
    else lines.push({ outcome, text: standingLine(verdict) });
    if (!isLast) continue;
    if (alike > 1)
      lines.push({ outcome, text: `? these ${String(alike)} are inconclusive: ${String(reason)}` });
    alike = 0;
  }
  return lines;
};

import { CompareError } from './compare-error.ts';
import type { CompareRequest } from './compare-request.ts';
import type { Comparison } from './comparison-record.ts';
import type { Contestant } from './contestant.ts';
import { serverIdentity } from './server-identity.ts';
import { sides, type PerSide, type Side } from './side.ts';

type Named = Pick<Contestant, 'label' | 'commit' | 'contentHash'>;

const whatDiffers = (first: Comparison['base'], now: Named, side: Side): string =>
  first.label === now.label
    ? `${side} is ${first.label}, as here, but with another environment, path or content`
    : `${side} is ${first.label}, but this one's is ${now.label}`;

/**
 * A confirmation measures the very same two servers again, whichever way they are given, or confirms nothing.
 * @throws CompareError OTHER_COMPARISON
 */
export const assertSamePair = (
  first: Comparison,
  request: CompareRequest,
  contestants: PerSide<Named>,
): void => {
  for (const side of sides) {
    const identity = serverIdentity(request, side, contestants[side], first.sessionId);
    if (identity === first[side].identity) continue;
    const remedy =
      request.opponents.kind === 'commits' && first.base.commit !== null
        ? `Check the same commits out, and name --base ${first.base.commit}.`
        : 'Give both servers as they were given for the first one.';
    throw new CompareError(
      'OTHER_COMPARISON',
      `--confirm holds a comparison whose ${whatDiffers(first[side], contestants[side], side)}. ${remedy}`,
    );
  }
};

/** The same of where they run: what a process showed, a container can not confirm. @throws CompareError OTHER_COMPARISON */
export const assertSameKind = (first: Comparison, kind: string): void => {
  if (first.target.kind === kind) return;
  throw new CompareError(
    'OTHER_COMPARISON',
    `--confirm holds a comparison on the target ${first.target.kind}, but this one's is ${kind}. Add --target ${first.target.kind}.`,
  );
};

import type { Target } from '../../fixtures/targets/index.ts';
import { tokenFor } from '../../fixtures/tokens/index.ts';

/** Signed at most for one load; from there on they are used again. */
const mostSigned = 20_000;

/**
 * The tokens of a load of which connection `n` uses `tokens[n % tokens.length]`: those given, or as many signed as
 * connections can be open at once, up to 20,000.
 */
export const targetTokens = (
  target: Pick<Target, 'tokenSource'>,
  mostOpenAtOnce: number,
): (string | null)[] => {
  const { tokenSource } = target;
  switch (tokenSource.kind) {
    case 'signed': {
      const length = Math.max(1, Math.min(mostSigned, mostOpenAtOnce));
      return Array.from({ length }, (_, index) => tokenFor(target, index));
    }
    case 'given':
      return tokenSource.tokens.length === 0 ? [null] : [...tokenSource.tokens];
    case 'none':
      return [null];
    default:
      return tokenSource satisfies never;
  }
};

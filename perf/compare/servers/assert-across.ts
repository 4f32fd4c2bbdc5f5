import { CompareError } from '../compare-error.ts';
import type { Contestant } from '../contestant.ts';
import type { PerSide } from '../side.ts';
import { gitOrNull } from './git.ts';

/**
 * A comparison says something of a change only where head has it and base has not.
 * @throws CompareError OTHER_COMPARISON
 */
export const assertAcross = async (
  directory: string,
  change: string,
  { base, head }: PerSide<Pick<Contestant, 'commit'>>,
): Promise<void> => {
  const isIn = async (commit: string | null): Promise<boolean> =>
    commit !== null && (await gitOrNull(directory, 'merge-base', '--is-ancestor', change, commit)) !== null;
  if ((await isIn(head.commit)) && !(await isIn(base.commit))) return;
  throw new CompareError(
    'OTHER_COMPARISON',
    `--for-change is ${change}, but a comparison across it has it in head and not in base, and here base is ${base.commit ?? 'no commit'} and head ${head.commit ?? 'no commit'}. Take both from "npm run perf:history".`,
  );
};

import type { Target } from '../../fixtures/targets/index.ts';
import { CompareError } from '../compare/compare-error.ts';
import type { CompareRequest } from '../compare/compare-request.ts';
import type { Comparison } from '../compare/comparison-record.ts';
import type { Contestant } from '../compare/contestant.ts';
import { makeComparison } from '../compare/make-comparison.ts';
import { runGate } from '../compare/run-gate.ts';
import { assertAcross } from '../compare/servers/assert-across.ts';
import { prepareContestants } from '../compare/servers/prepare.ts';
import { sides, type PerSide } from '../compare/side.ts';
import { comparisonProgress } from '../reports/comparison-progress.ts';
import { readMachine } from '../session/machine.ts';
import type { Measuring } from './measure-with-stop.ts';
import type { ComparePlan } from './read-comparison.ts';
import { reproduceCommand } from './reproduce-command.ts';

/** What a comparison on the command line has around it. */
export interface CompareContext extends Measuring {
  readonly plan: ComparePlan;
  /** Why a failure does not count; null: it does. */
  readonly disarmed: Comparison['disarmed'];
}

/** A confirmation measures the very same two again, or confirms nothing. */
const assertSame = (first: Comparison | null, contestants: PerSide<Contestant>): void => {
  if (first === null) return;
  for (const side of sides) {
    const [before, now] = [first[side].commit, contestants[side].commit];
    if (before === now) continue;
    throw new CompareError(
      'OTHER_COMPARISON',
      `--confirm holds a comparison whose ${side} is ${before ?? 'no commit'}, but this one's is ${now ?? 'no commit'}. Check the same commits out, and name --base ${first.base.commit ?? '…'}.`,
    );
  }
};

/**
 * Carries out one comparison, from building the servers to the verdict, and shows how it goes.
 * @throws what keeps the servers from being built, started or measured.
 */
export const compareOnce = async (
  request: CompareRequest,
  { plan, terminal, redact, signal, onBlock, disarmed }: CompareContext,
): Promise<Comparison> => {
  const startedAt = new Date();
  await using prepared = await prepareContestants(request, {
    directory: plan.root,
    logDirectory: plan.logDirectory,
    signal,
    onProgress: (line) => {
      terminal.print([`${line} …`]);
    },
  });
  const { contestants, notices } = prepared;
  assertSame(plan.confirms, contestants);
  if (plan.confirmsChange !== null) await assertAcross(plan.root, plan.confirmsChange, contestants);
  terminal.print([
    `base  ${contestants.base.label}`,
    `head  ${contestants.head.label}`,
    `seed  ${String(request.seed)}`,
    ...notices,
  ]);
  const opened = Promise.withResolvers<PerSide<Target>>();
  const progress = await runGate({
    contestants,
    gated: request.gated,
    seed: request.seed,
    signal,
    onTargets: opened.resolve,
    onBlock: (seen) => {
      const reached = { ...seen, blocks: seen.blocks.length };
      onBlock(reached);
      const lines = comparisonProgress(reached);
      if (terminal.isInteractive) terminal.redraw(lines);
      else terminal.print(lines);
    },
  });
  terminal.clear();
  return makeComparison({
    sessionId: plan.sessionId,
    startedAt,
    finishedAt: new Date(),
    seed: request.seed,
    contestants,
    targets: await opened.promise,
    machine: await readMachine(),
    notices,
    gated: request.gated,
    progress,
    confirms: plan.confirms,
    isStrict: plan.isStrict,
    isFirstOfTwo: plan.isFirstOfTwo,
    disarmed,
    command: redact(reproduceCommand(request, contestants.base.commit)),
  });
};

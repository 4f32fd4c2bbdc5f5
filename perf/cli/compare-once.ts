import type { Target } from '../../fixtures/targets/index.ts';
import { assertSameKind, assertSamePair } from '../compare/assert-same-pair.ts';
import type { CompareRequest } from '../compare/compare-request.ts';
import type { Comparison } from '../compare/comparison-record.ts';
import { makeComparison } from '../compare/make-comparison.ts';
import { runGate } from '../compare/run-gate.ts';
import { assertAcross } from '../compare/servers/assert-across.ts';
import { serverIdentity } from '../compare/server-identity.ts';
import { prepareContestants } from '../compare/servers/prepare.ts';
import { perSide, type PerSide } from '../compare/side.ts';
import { startDateClock } from '../harness/connection/clock.ts';
import { redactData } from '../harness/record/redact-data.ts';
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

/**
 * Carries out one comparison, from building the servers to the verdict, and shows how it goes.
 * @throws what keeps the servers from being built, started or measured.
 */
export const compareOnce = async (
  request: CompareRequest,
  { plan, terminal, redact, signal, onBlock, disarmed }: CompareContext,
): Promise<Comparison> => {
  const now = startDateClock();
  const startedAt = now();
  await using prepared = await prepareContestants(request, {
    directory: plan.root,
    logDirectory: plan.logDirectory,
    signal,
    onProgress: (line) => {
      terminal.print([`${line} …`]);
    },
  });
  const { contestants, notices } = prepared;
  if (plan.confirms !== null) assertSamePair(plan.confirms, request, contestants);
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
    onTargets: (targets) => {
      if (plan.confirms !== null) assertSameKind(plan.confirms, targets.head.kind);
      opened.resolve(targets);
    },
    onBlock: (seen) => {
      const reached = { ...seen, blocks: seen.blocks.length };
      onBlock(reached);
      const lines = comparisonProgress(reached);
      if (terminal.isInteractive) terminal.redraw(lines);
      else terminal.print(lines);
    },
  });
  terminal.clear();
  const comparison = makeComparison({
    sessionId: plan.sessionId,
    startedAt,
    finishedAt: now(),
    seed: request.seed,
    contestants,
    identities: perSide((side) => serverIdentity(request, side, contestants[side], plan.sessionId)),
    targets: await opened.promise,
    machine: await readMachine(),
    notices,
    gated: request.gated,
    progress,
    confirms: plan.confirms,
    isStrict: plan.isStrict,
    isFirstOfTwo: plan.isFirstOfTwo,
    disarmed,
    command: reproduceCommand(request, contestants.base.commit),
  });
  return redactData(comparison, redact);
};

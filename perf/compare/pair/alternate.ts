import type { Clock } from '../../harness/connection/clock.ts';
import type { FailureReason } from '../../harness/connection/failure.ts';
import { perSide, sides, type PerSide, type Side } from '../side.ts';
import type { OperationOutcome } from './operation.ts';

/** When a stretch of operations is over: after so many a side, or after so long, but not before `atLeast` a side. */
export interface Stretch {
  readonly operations: number;
  readonly withinMs: number;
  readonly atLeast: number;
}

/** What one side's operations gave, in the order they were run; times in ms. */
export interface SideOperations {
  readonly attempted: number;
  readonly connectMs: readonly number[];
  readonly firstMessageMs: readonly number[];
  readonly roundTripMs: readonly number[];
  /** Messages of each operation before its ping's answer. */
  readonly messages: readonly number[];
  readonly failures: Readonly<Partial<Record<FailureReason, number>>>;
}

const emptyTally = (): {
  attempted: number;
  connectMs: number[];
  firstMessageMs: number[];
  roundTripMs: number[];
  messages: number[];
  failures: Partial<Record<FailureReason, number>>;
} => ({ attempted: 0, connectMs: [], firstMessageMs: [], roundTripMs: [], messages: [], failures: {} });

const count = (tally: ReturnType<typeof emptyTally>, outcome: OperationOutcome): void => {
  tally.attempted += 1;
  if (outcome.outcome === 'failed') {
    tally.failures[outcome.reason] = (tally.failures[outcome.reason] ?? 0) + 1;
    return;
  }
  tally.connectMs.push(outcome.connectMs);
  tally.roundTripMs.push(outcome.roundTripMs);
  tally.messages.push(outcome.messages);
  if (outcome.firstMessageMs !== null) tally.firstMessageMs.push(outcome.firstMessageMs);
};

/** So many failures and no success on a side: it answers to nothing, and is not waited for over and over. */
const hopelessAfter = 5;

const isHopeless = ({ attempted, connectMs }: SideOperations): boolean =>
  attempted >= hopelessAfter && connectMs.length === 0;

/**
 * Alternates single operations between the two servers: each round runs one on either, in the order that `isBaseFirst`
 * draws. Both sides so see the same disturbances of the machine, which adjacent runs of one server do not.
 */
export const alternate = async (
  operate: (side: Side) => Promise<OperationOutcome>,
  stretch: Stretch,
  { clock, isBaseFirst }: { readonly clock: Clock; readonly isBaseFirst: () => boolean },
): Promise<PerSide<SideOperations>> => {
  const tallies = perSide(emptyTally);
  const untilMs = clock() + stretch.withinMs;
  for (let round = 0; round < stretch.operations; round += 1) {
    const isEnough = round >= stretch.atLeast || sides.some((side) => isHopeless(tallies[side]));
    if (isEnough && clock() >= untilMs) break;
    for (const side of isBaseFirst() ? sides : sides.toReversed()) count(tallies[side], await operate(side));
  }
  return tallies;
};

import type { Clock } from '../connection/clock.ts';
import { startEpochClock } from '../connection/epoch-clock.ts';
import { ConnectionLife } from './connection-life.ts';
import { MessageReader } from './message-reader.ts';
import { MessageTally } from './message-tally.ts';
import type { LoadPlan } from './plan.ts';
import { emptyTallies, type BehaviourTallies } from './running-behaviour.ts';
import { isSlowReader } from './slow-readers.ts';

/** What the connections of one agent add up in. */
interface Tallies {
  readonly tallies: BehaviourTallies;
  readonly messages: MessageTally;
}

/** Makes the connections of one agent. */
export interface LifeMaker extends Tallies {
  readonly makeLife: (index: number, dueAtMs: number, retry?: number) => ConnectionLife;
}

const newTallies = ({ grid, publisherClock: offset }: LoadPlan, clock: Clock): Tallies => ({
  tallies: emptyTallies(grid),
  messages: new MessageTally({ clock, epochClock: startEpochClock(), offset, grid }),
});

/** Readies what an agent's connections share. What slow readers are sent, and ask, adds up apart, where nobody looks. */
export const lifeMaker = (plan: LoadPlan, clock: Clock): LifeMaker => {
  const { slowReaders } = plan.profile;
  const measured = newTallies(plan, clock);
  const ofSlowReaders = slowReaders === undefined ? measured : newTallies(plan, clock);
  const reader = new MessageReader();
  return {
    ...measured,
    makeLife: (index, dueAtMs, retry = 0) =>
      new ConnectionLife({
        index,
        dueAtMs,
        retry,
        plan,
        clock,
        reader,
        ...(isSlowReader(slowReaders, index) ? ofSlowReaders : measured),
      }),
  };
};

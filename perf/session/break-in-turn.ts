import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../fixtures/faults/index.ts';
import { msFromSeconds } from '../harness/units.ts';

/** How faults one after the other are paced. */
export interface BreakPauses {
  /** Before the first. */
  readonly afterSeconds: number;
  /** From each being made to its undoing. */
  readonly lastingSeconds: number;
  /** From the undoing of one to the next. */
  readonly betweenSeconds: number;
}

/** When something was broken. */
export interface Outage {
  readonly name: string;
  /** Before it was made. */
  readonly brokenAt: Date;
  /** After it was undone. */
  readonly mendedAt: Date;
}

/** Makes and undoes one fault after the other, each under its name; one that was made is undone whatever happens. */
export const breakInTurn = async (
  breaks: Readonly<Record<string, () => Promise<Fault>>>,
  { afterSeconds, lastingSeconds, betweenSeconds }: BreakPauses,
  signal: AbortSignal,
): Promise<readonly Outage[]> => {
  const outages: Outage[] = [];
  for (const [name, make] of Object.entries(breaks)) {
    const pauseSeconds = outages.length === 0 ? afterSeconds : betweenSeconds;
    await sleep(msFromSeconds(pauseSeconds), undefined, { signal });
    const brokenAt = new Date();
    const fault = await make();
    try {
      await sleep(msFromSeconds(lastingSeconds), undefined, { signal });
    } finally {
      await fault.undo();
    }
    outages.push({ name, brokenAt, mendedAt: new Date() });
  }
  return outages;
};

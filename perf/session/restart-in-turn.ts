import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerInstance } from '../../fixtures/targets/index.ts';
import { msFromSeconds } from '../harness/units.ts';

/** How a restart of instances one after the other is paced. */
export interface RestartPauses {
  /** Before the first. */
  readonly afterSeconds: number;
  /** From the health of one to the end of the next. */
  readonly betweenSeconds: number;
}

/**
 * Stops and starts one instance after the other; resolves with the moment at which the last was healthy again.
 * @throws Error where there is none to restart.
 */
export const restartInTurn = async (
  instances: readonly ServerInstance[],
  { afterSeconds, betweenSeconds }: RestartPauses,
  signal: AbortSignal,
): Promise<Date> => {
  if (instances.length === 0)
    throw new Error(
      'restartInTurn restarts the instances of a scenario’s own servers, and it has none: ask for them with test.override({ serverInstances: 2 }).',
    );
  let pauseSeconds = afterSeconds;
  for (const instance of instances) {
    await sleep(msFromSeconds(pauseSeconds), undefined, { signal });
    pauseSeconds = betweenSeconds;
    await instance.stop();
    await instance.start();
  }
  return new Date();
};

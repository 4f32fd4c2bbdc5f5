import type { Clock } from '../connection/clock.ts';
import type { ConnectionLife } from './connection-life.ts';
import type { LoadPlan } from './plan.ts';
import { Reconnects } from './reconnects.ts';
import { Returns } from './returns.ts';

interface ComingBackOptions {
  readonly plan: LoadPlan;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Those of a plan in which whoever the server ends comes back; null in every other. */
export const returnsOf = (
  options: ComingBackOptions,
  start: (life: ConnectionLife) => Promise<void>,
  makeLife: (index: number, dueAtMs: number, retry: number) => ConnectionLife,
): Returns | null => {
  const { arrivals } = options.plan.profile;
  if (arrivals.kind !== 'returning') return null;
  return new Returns(arrivals, { ...options, grid: options.plan.grid }, async (index, retry, dueAtMs) => {
    const life = makeLife(index, dueAtMs, retry);
    await start(life);
    return life;
  });
};

/** Those of a reconnect storm; null in every other plan. */
export const reconnectsOf = (
  options: ComingBackOptions,
  start: (life: ConnectionLife) => Promise<void>,
  makeLife: (index: number, dueAtMs: number, retry: number) => ConnectionLife,
): Reconnects | null => {
  const { arrivals } = options.plan.profile;
  if (arrivals.kind !== 'reconnect-storm') return null;
  return new Reconnects(
    arrivals,
    { ...options, grid: options.plan.grid },
    async (index, retry, retryDueAtMs) => {
      const life = makeLife(index, retryDueAtMs, retry);
      await start(life);
      return life;
    },
  );
};

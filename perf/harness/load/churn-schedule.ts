import type { Arrivals, LifeTime } from './arrivals.ts';
import { draw } from './draw.ts';

type Churn = Extract<Arrivals, { kind: 'churn' }>;

/** One connection of a place, from when it is due to when it leaves, in ms since the start of the load. */
export interface PlannedLife {
  readonly place: number;
  readonly dueAtMs: number;
  readonly endsAtMs: number;
}

/** How long the `life`-th connection of a place lives, in ms. */
const drawLifeMs = (lifeTime: LifeTime, seed: number, place: number, life: number): number => {
  const drawn = draw(seed, place, life);
  switch (lifeTime.kind) {
    // Inverse transform: −mean · ln(1 − u) has the exponential distribution where u is even on [0, 1).
    case 'exponential':
      return -lifeTime.meanMs * Math.log1p(-drawn);
    case 'uniform':
      return lifeTime.minimumMs + drawn * (lifeTime.maximumMs - lifeTime.minimumMs);
    default:
      return lifeTime satisfies never;
  }
};

/** The mean of the drawn lives, in ms. */
export const meanLifeMs = (life: LifeTime): number =>
  life.kind === 'exponential' ? life.meanMs : (life.minimumMs + life.maximumMs) / 2;

const planLives = ({ connections, delayMs, durationMs, life, seed }: Churn): PlannedLife[] => {
  const lives: PlannedLife[] = [];
  for (let place = 0; place < connections; place += 1) {
    let dueAtMs = place * delayMs;
    for (let count = 0; dueAtMs < durationMs; count += 1) {
      const endsAtMs = Math.min(durationMs, dueAtMs + drawLifeMs(life, seed, place, count));
      lives.push({ place, dueAtMs, endsAtMs });
      dueAtMs = endsAtMs;
    }
  }
  return lives.toSorted((a, b) => a.dueAtMs - b.dueAtMs || a.place - b.place);
};

const planned = new WeakMap<Churn, readonly PlannedLife[]>();

/** All connections of a churn in the order in which they are due; drawn once for each plan. */
export const churnSchedule = (arrivals: Churn): readonly PlannedLife[] => {
  const known = planned.get(arrivals);
  if (known !== undefined) return known;
  const lives = planLives(arrivals);
  planned.set(arrivals, lives);
  return lives;
};

import type { RateStage } from './arrivals.ts';

/** What rounding may take from a whole number of attempts. */
const roundingTolerance = 1e-9;

/** Rounds down what a rate plans over a time: 4.35 a second over 100 s are 435, though the product is a little less. */
export const wholeAttempts = (attempts: number): number => Math.floor(attempts + roundingTolerance);

/**
 * How many attempts a rate of stages plans: the area under it, ∑ (a + b) / 2 · D over stages from a to b of D seconds,
 * rounded down.
 */
export const rampingAttempts = (startAttemptsPerSecond: number, stages: readonly RateStage[]): number => {
  let total = 0;
  let from = startAttemptsPerSecond;
  for (const { attemptsPerSecond, durationMs } of stages) {
    total += ((from + attemptsPerSecond) / 2) * (durationMs / 1_000);
    from = attemptsPerSecond;
  }
  return wholeAttempts(total);
};

/**
 * When attempt `index` is due, in ms: the moment at which the area under the rate grows past `index`.
 *
 * Within a stage from a to b attempts a second that lasts D, t after its beginning, the area has grown by
 * a·t + (b − a)·t² / 2D. That is m at t = 2m / (a + √(a² + 2(b − a)·m / D)), the solution that does not cancel out where
 * a and b are nearly alike.
 */
export const rampingDueAtMs = (
  startAttemptsPerSecond: number,
  stages: readonly RateStage[],
  index: number,
): number => {
  let missing = index;
  let beganAtMs = 0;
  let from = startAttemptsPerSecond;
  for (const { attemptsPerSecond: to, durationMs } of stages) {
    const seconds = durationMs / 1_000;
    const area = ((from + to) / 2) * seconds;
    // Past a stage without attempts, or one whose area ends exactly there, it is due in a later one.
    if (missing < area) {
      const root = Math.sqrt(Math.max(0, from * from + (2 * (to - from) * missing) / seconds));
      const t = missing === 0 ? 0 : (2 * missing) / (from + root);
      return beganAtMs + Math.min(t, seconds) * 1_000;
    }
    missing -= area;
    beganAtMs += durationMs;
    from = to;
  }
  return beganAtMs;
};

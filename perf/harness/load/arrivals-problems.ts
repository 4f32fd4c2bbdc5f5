import type { Arrivals, LifeTime } from './arrivals.ts';
import { meanLifeMs } from './churn-schedule.ts';
import { durationProblems, rateProblems, seedProblems, wholeNumberProblems } from './option-problems.ts';
import { plannedAttempts } from './pacer.ts';

/** More attempts than this could be neither held in memory nor read by anybody. */
const mostAttempts = 10_000_000;
/** A shorter mean life would be a rate of arrivals. */
const shortestMeanLifeMs = 1;

const lifeProblems = (life: LifeTime): string[] => {
  switch (life.kind) {
    case 'exponential':
      return durationProblems('meanSeconds', life.meanMs, shortestMeanLifeMs);
    case 'uniform':
      return [
        ...durationProblems('minimumSeconds', life.minimumMs),
        ...durationProblems('maximumSeconds', life.maximumMs, 2 * shortestMeanLifeMs),
        ...(life.minimumMs > life.maximumMs ? ['minimumSeconds is more than maximumSeconds'] : []),
      ];
    default:
      return life satisfies never;
  }
};

/** Attempts that would have to start after what comes next has begun. */
const overlapProblems = (
  count: string,
  last: number,
  delayMs: number,
  span: string,
  spanMs: number,
): string[] =>
  (last - 1) * delayMs > spanMs
    ? [
        `${count} with delaySeconds take ${String(((last - 1) * delayMs) / 1_000)} s to start, longer than ${span}`,
      ]
    : [];

const optionProblems: {
  readonly [Kind in Arrivals['kind']]: (arrivals: Extract<Arrivals, { kind: Kind }>) => string[];
} = {
  ramp: (arrivals) => [
    ...wholeNumberProblems('connections', arrivals.connections),
    ...durationProblems('delaySeconds', arrivals.delayMs),
  ],
  burst: (arrivals) => [
    ...wholeNumberProblems('connections', arrivals.connections),
    ...wholeNumberProblems('bursts', arrivals.bursts),
    ...durationProblems('everySeconds', arrivals.everyMs, arrivals.bursts > 1 ? 1 : 0),
  ],
  'constant-arrival-rate': (arrivals) => [
    ...rateProblems('attemptsPerSecond', arrivals.attemptsPerSecond, false),
    ...durationProblems('durationSeconds', arrivals.durationMs),
  ],
  'ramping-arrival-rate': (arrivals) => [
    ...rateProblems('startAttemptsPerSecond', arrivals.startAttemptsPerSecond, true),
    ...arrivals.stages.flatMap(({ attemptsPerSecond, durationMs }, index) => [
      ...rateProblems(`attemptsPerSecond of stage ${String(index + 1)}`, attemptsPerSecond, true),
      ...durationProblems(`durationSeconds of stage ${String(index + 1)}`, durationMs),
    ]),
  ],
  steps: (arrivals) => [
    ...wholeNumberProblems('connectionsPerStep', arrivals.connectionsPerStep),
    ...wholeNumberProblems('steps', arrivals.steps),
    ...durationProblems('stepSeconds', arrivals.stepMs, 1),
    ...durationProblems('delaySeconds', arrivals.delayMs),
    ...overlapProblems(
      'the connections of a step',
      arrivals.connectionsPerStep,
      arrivals.delayMs,
      'stepSeconds',
      arrivals.stepMs,
    ),
  ],
  spike: (arrivals) => [
    ...wholeNumberProblems('baseConnections', arrivals.baseConnections, 0),
    ...wholeNumberProblems('spikeConnections', arrivals.spikeConnections),
    ...durationProblems('delaySeconds', arrivals.delayMs),
    ...durationProblems('beforeSeconds', arrivals.beforeMs),
    ...durationProblems('spikeSeconds', arrivals.spikeMs),
    ...durationProblems('afterSeconds', arrivals.afterMs),
    ...overlapProblems(
      'baseConnections',
      arrivals.baseConnections,
      arrivals.delayMs,
      'beforeSeconds',
      arrivals.beforeMs,
    ),
  ],
  churn: (arrivals) => [
    ...wholeNumberProblems('connections', arrivals.connections),
    ...durationProblems('delaySeconds', arrivals.delayMs),
    ...durationProblems('durationSeconds', arrivals.durationMs, 1),
    ...lifeProblems(arrivals.life),
    ...seedProblems(arrivals.seed),
    ...overlapProblems(
      'connections',
      arrivals.connections,
      arrivals.delayMs,
      'durationSeconds',
      arrivals.durationMs,
    ),
  ],
  returning: (arrivals) => [
    ...wholeNumberProblems('connections', arrivals.connections),
    ...durationProblems('delaySeconds', arrivals.delayMs),
    ...durationProblems('durationSeconds', arrivals.durationMs, 1),
    ...durationProblems('backoffBaseSeconds', arrivals.backoff.baseMs),
    ...durationProblems('backoffCapSeconds', arrivals.backoff.capMs),
    ...wholeNumberProblems('tries', arrivals.backoff.tries),
    ...durationProblems('withinSeconds', arrivals.backoff.withinMs),
    ...seedProblems(arrivals.seed),
    ...overlapProblems(
      'connections',
      arrivals.connections,
      arrivals.delayMs,
      'durationSeconds',
      arrivals.durationMs,
    ),
  ],
  'reconnect-storm': (arrivals) => [
    ...wholeNumberProblems('connections', arrivals.connections),
    ...durationProblems('delaySeconds', arrivals.delayMs),
    ...durationProblems('cutAfterSeconds', arrivals.cutAfterMs),
    ...durationProblems('backoffBaseSeconds', arrivals.backoff.baseMs),
    ...durationProblems('backoffCapSeconds', arrivals.backoff.capMs),
    ...wholeNumberProblems('tries', arrivals.backoff.tries),
    ...durationProblems('withinSeconds', arrivals.backoff.withinMs),
    ...seedProblems(arrivals.seed),
  ],
};

/** How many attempts to expect, without drawing them. */
const roughAttempts = (arrivals: Arrivals): number =>
  arrivals.kind === 'churn'
    ? arrivals.connections * (1 + arrivals.durationMs / meanLifeMs(arrivals.life))
    : plannedAttempts(arrivals);

/** Everything that is wrong with the arrivals, each as a sentence without its full stop. */
export const arrivalsProblems = (arrivals: Arrivals): string[] => {
  const problems = optionProblems[arrivals.kind](arrivals as never);
  // The number of attempts follows from the options, and means nothing where they are wrong.
  if (problems.length > 0) return problems;
  const planned = roughAttempts(arrivals);
  if (planned < 1) return ['it plans no attempt: rate and duration come to less than one'];
  if (planned > mostAttempts)
    return [
      `it plans about ${planned.toPrecision(2)} attempts, but a load has at most ${String(mostAttempts)}`,
    ];
  return [];
};

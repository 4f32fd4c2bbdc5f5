import { median } from 'simple-statistics';
import {
  findChange,
  type ChangeFinding,
  type Confirmation,
  type HistoryPoint,
} from '../../tracking/change-points/find-change.ts';
import { walshAverages } from '../../tracking/statistics/estimate-shift.ts';
import { logLoss } from '../block.ts';
import { simulateBlocks, type MachineNoise } from './noise.ts';
import type { Random } from './random.ts';
import { simulateGates } from './simulate-gates.ts';

/** What differs from run to run of a history, besides its blocks; hand-set. */
const runs = {
  /** A run against the reference ends where an unchanged commit passes: at the first look of the default gate. */
  blocks: 12,
  /** Of the log-ratio of two builds between runs: memory layout, the kind of processor. */
  deviation: 0.005,
  /** By how much the log-ratio wanders from one commit to the next. */
  driftDeviation: 0.001,
  /** Phases in which the machine is disturbed: how likely one begins, how many runs it lasts, how much more blocks scatter. */
  slowPhase: { startShare: 0.03, runs: 5, scatterFactor: 2 },
} as const;

const commitName = (index: number): string => `commit ${String(index)}`;
const commitIndex = (name: string): number => Number(name.replace('commit ', ''));

/** A history that grows by one run a commit. */
const growHistory = (random: Random, machine: MachineNoise): ((trueLogLoss: number) => HistoryPoint) => {
  let drift = 0;
  let slowRunsLeft = 0;
  let index = 0;
  return (trueLogLoss) => {
    drift += runs.driftDeviation * random.normal();
    if (slowRunsLeft > 0) slowRunsLeft -= 1;
    else if (random.uniform() < runs.slowPhase.startShare) slowRunsLeft = runs.slowPhase.runs;
    const blocks = simulateBlocks(
      random,
      {
        logLoss: trueLogLoss + drift + runs.deviation * random.normal(),
        blockDeviation: machine.blockDeviation * (slowRunsLeft > 0 ? runs.slowPhase.scatterFactor : 1),
        contaminated: false,
      },
      runs.blocks,
    );
    const losses = blocks.map((block) => logLoss(block, 'lower') ?? 0);
    index += 1;
    return {
      commit: commitName(index - 1),
      logLoss: median([...walshAverages(losses)]),
      referenceId: 'reference',
      runnerClass: 'runner',
    };
  };
};

/** The paired comparison that looks at a candidate: a gate over the default metrics, of which the first one counts. */
const confirm = (random: Random, machine: MachineNoise, logStep: number): Confirmation['outcome'] => {
  const model = { logLoss: logStep, blockDeviation: machine.blockDeviation, contaminated: false };
  const { changedFailed, changedPassed } = simulateGates(random, model, 1);
  return changedFailed > 0 ? 'confirmed' : changedPassed > 0 ? 'refuted' : 'inconclusive';
};

/** What became of one history, followed commit by commit as it would be in CI. */
interface Followed {
  /** After so many commits the first confirmed change was known; null when none was. */
  readonly alertedAfter: number | null;
  readonly alerts: number;
  readonly candidates: number;
  /** What the history says at its last commit. */
  readonly last: ChangeFinding;
}

const follow = (
  random: Random,
  machine: MachineNoise,
  {
    commits,
    changeAt,
    logStep,
  }: { readonly commits: number; readonly changeAt: number; readonly logStep: number },
): Followed => {
  const grow = growHistory(random, machine);
  const history: HistoryPoint[] = [];
  const confirmations: Confirmation[] = [];
  const alertedAt: number[] = [];
  for (let index = 0; index < commits; index += 1) {
    history.push(grow(index >= changeAt ? logStep : 0));
    const finding = findChange(history, confirmations);
    if (finding.state !== 'candidate') continue;
    const { firstBad, compare } = finding.change;
    const spansChange = commitIndex(compare.base) < changeAt && index >= changeAt;
    const outcome = confirm(random, machine, spansChange ? logStep : 0);
    confirmations.push({ firstBad, ...compare, outcome });
    if (outcome === 'confirmed') alertedAt.push(index);
  }
  return {
    alertedAfter: alertedAt[0] ?? null,
    alerts: alertedAt.length,
    candidates: confirmations.length,
    last: findChange(history, confirmations),
  };
};

/** What histories without a change raised. */
export interface FalseAlerts {
  readonly commits: number;
  readonly candidates: number;
  readonly alerts: number;
}

/** Follows so many histories of 100 commits each, without a change. */
export const simulateQuietHistories = (
  random: Random,
  machine: MachineNoise,
  trials: number,
): FalseAlerts => {
  const commits = 100;
  const found = { commits: trials * commits, candidates: 0, alerts: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    const { alerts, candidates } = follow(random, machine, { commits, changeAt: commits, logStep: 0 });
    found.candidates += candidates;
    found.alerts += alerts;
  }
  return found;
};

/** How many of the changes were found within eight commits, and how many of those were located by then. */
export interface FoundChanges {
  readonly trials: number;
  readonly found: number;
  readonly locatedWithinOne: number;
}

const commitsInTime = 8;

/** Follows so many histories with one change, after 25 to 60 commits without one. */
export const simulateChangedHistories = (
  random: Random,
  machine: MachineNoise,
  logStep: number,
  trials: number,
): FoundChanges => {
  const counts = { trials, found: 0, locatedWithinOne: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    const changeAt = 25 + Math.floor(36 * random.uniform());
    const { alertedAfter, last } = follow(random, machine, {
      commits: changeAt + commitsInTime,
      changeAt,
      logStep,
    });
    if (alertedAfter === null || alertedAfter < changeAt || last.state !== 'alert') continue;
    counts.found += 1;
    if (Math.abs(commitIndex(last.change.firstBad) - changeAt) <= 1) counts.locatedWithinOne += 1;
  }
  return counts;
};

import { planLooks, type Look } from '../look-plan.ts';
import type { AcceptanceRow } from './acceptance-row.ts';
import { machines, type MachineNoise } from './noise.ts';
import { seededRandom, type Random } from './random.ts';
import { simulateGates } from './simulate-gates.ts';
import { simulateChangedHistories, simulateQuietHistories } from './simulate-history.ts';
import { simulateIntervals } from './simulate-intervals.ts';

/** How much is simulated. */
export interface AcceptanceSize {
  /** Gates a row, histories of one change a row. */
  readonly gates: number;
  readonly intervals: number;
  readonly changedHistories: number;
  /** Histories of 100 commits a row. */
  readonly quietHistories: number;
}

/** The sizes of the command and of the tests. */
export const acceptanceSizes = {
  full: { gates: 10_000, intervals: 40_000, changedHistories: 4_000, quietHistories: 2_000 },
  short: { gates: 400, intervals: 1_500, changedHistories: 150, quietHistories: 30 },
} as const satisfies Record<string, AcceptanceSize>;

const atMost = (ratio: number): AcceptanceRow['target'] => ({ comparison: 'at most', ratio });
const atLeast = (ratio: number): AcceptanceRow['target'] => ({ comparison: 'at least', ratio });

const gateTargets = {
  typical: { fail: 0.003, inconclusive: 0.01, foundAt5: 0.98, foundAt10: 0.999 },
  noisy: { fail: 0.01, inconclusive: 0.12, foundAt5: 0.9, foundAt10: 0.995 },
} as const;

const gateRows = (
  random: Random,
  { name, blockDeviation }: MachineNoise,
  trials: number,
): AcceptanceRow[] => {
  const target = gateTargets[name];
  const simulate = (ratio: number, contaminated = false) =>
    simulateGates(random, { logLoss: Math.log1p(ratio), blockDeviation, contaminated }, trials);
  const unchanged = simulate(0);
  const at5 = simulate(0.05);
  const at10 = simulate(0.1);
  const contaminated = simulate(0, true);
  const row = (
    group: AcceptanceRow['group'],
    title: string,
    happened: number,
    limit: AcceptanceRow['target'],
  ): AcceptanceRow => ({ group, title, machine: name, happened, trials, target: limit });
  return [
    row(1, 'no change: gate fails', unchanged.failed, atMost(target.fail)),
    row(1, 'no change: gate inconclusive', unchanged.inconclusive, atMost(target.inconclusive)),
    row(2, '+5 % found', at5.changedFailed, atLeast(target.foundAt5)),
    row(2, '+10 % found', at10.changedFailed, atLeast(target.foundAt10)),
    row(2, '+5 % passes wrongly', at5.changedPassed, atMost(0.01)),
    row(3, 'no change, contaminated: gate fails', contaminated.failed, atMost(0.01)),
  ];
};

/** By how much an interval may err more often than its α says. */
const intervalAllowance = 0.003;

const intervalRows = (random: Random, trials: number): AcceptanceRow[] => {
  const looks: readonly Look[] = [1, 3, 5].flatMap((metrics) => planLooks(metrics));
  return looks.flatMap(({ blocks, alpha }) => {
    const { lowerAbove, upperBelow } = simulateIntervals(random, { blocks, alpha }, trials);
    const row = (side: string, happened: number): AcceptanceRow => ({
      group: 4,
      title: `interval at ${String(blocks)} blocks, α ${(100 * alpha).toFixed(2)} %: ${side}`,
      machine: 'both',
      happened,
      trials,
      target: atMost(alpha + intervalAllowance),
    });
    return [row('lower bound errs', lowerAbove), row('upper bound errs', upperBelow)];
  });
};

const historyRows = (random: Random, machine: MachineNoise, size: AcceptanceSize): AcceptanceRow[] => {
  const quiet = simulateQuietHistories(random, machine, size.quietHistories);
  const changed = simulateChangedHistories(random, machine, Math.log1p(0.05), size.changedHistories);
  const row = (
    title: string,
    happened: number,
    trials: number,
    target: AcceptanceRow['target'],
  ): AcceptanceRow => ({ group: 6, title, machine: machine.name, happened, trials, target });
  return [
    row('history, no change: candidates a commit', quiet.candidates, quiet.commits, atMost(0.05 / 100)),
    row('history, no change: false alerts a commit', quiet.alerts, quiet.commits, atMost(0.05 / 100)),
    row('history, +5 % found within 8 commits', changed.found, changed.trials, atLeast(0.95)),
    row('history, found ones located within 1', changed.locatedWithinOne, changed.found, atLeast(0.95)),
  ];
};

/** Simulates all figures of the acceptance table that no real server is needed for; the seed decides every number. */
export const simulateAcceptance = (
  seed: number,
  size: AcceptanceSize,
  onRows: (rows: readonly AcceptanceRow[]) => void = () => undefined,
): readonly AcceptanceRow[] => {
  const random = seededRandom(seed);
  const all: AcceptanceRow[] = [];
  const add = (rows: readonly AcceptanceRow[]): void => {
    all.push(...rows);
    onRows(rows);
  };
  for (const machine of machines) add(gateRows(random, machine, size.gates));
  add(intervalRows(random, size.intervals));
  for (const machine of machines) add(historyRows(random, machine, size));
  return all;
};

import { binomialTail } from '../statistics/binomial-tail.ts';

/** One gate of a server against itself: what it finds is a false alarm. */
export interface SelfCheck {
  readonly startedAt: string;
  readonly hasFailed: boolean;
}

/** Whether a failure of the gate can be believed on machines of a class. */
export type GateTrust =
  | {
      readonly state: 'armed';
      /** Of the newest gates since the beginning, or since it was armed again. */
      readonly gates: number;
      readonly failures: number;
      /** Of as many false alarms or more, if the gate were as good as it is meant to be. */
      readonly probability: number;
    }
  | {
      readonly state: 'disarmed';
      readonly since: string;
      /** What disarmed it. */
      readonly gates: number;
      readonly failures: number;
      readonly probability: number;
      /** Gates without a failure since the last one, and how many it takes. */
      readonly cleanGates: number;
      readonly neededGates: number;
    };

/**
 * The gate errs with at most 1 % one-sided (`familyAlpha`). It is disarmed when so many false alarms would be seen with less than
 * 1 % probability if that were true (exact binomial test, the newest 100 gates, two false alarms at least). It is armed again after so many gates without a
 * failure that a rate of 10 % is ruled out with 95 % confidence: (1 − .1)^n ≤ .05, n = 29. Tested after each of five gates
 * a night, a gate of exactly 1 % is disarmed by chance 0.3 times a year, one of 0.33 % (as simulated on a noisy machine) never in
 * 150 years; one of 10 % after 23 gates in the middle.
 */
export const selfCheckRule = Object.freeze({
  errorRatio: 0.01,
  significance: 0.01,
  newestGates: 100,
  fewestFailures: 2,
  ruledOutRatio: 0.1,
  confidence: 0.95,
});

const neededGates = Math.ceil(
  Math.log(1 - selfCheckRule.confidence) / Math.log(1 - selfCheckRule.ruledOutRatio),
);

const judgeWindow = (
  checks: readonly SelfCheck[],
): { readonly gates: number; readonly failures: number; readonly probability: number } => {
  const failures = checks.filter(({ hasFailed }) => hasFailed).length;
  const probability = binomialTail({
    successes: failures,
    trials: checks.length,
    probability: selfCheckRule.errorRatio,
  });
  return { gates: checks.length, failures, probability };
};

type Window = readonly SelfCheck[];

const nextOfArmed = (window: Window, { startedAt }: SelfCheck): GateTrust => {
  const judged = judgeWindow(window);
  const isOff =
    judged.failures >= selfCheckRule.fewestFailures && judged.probability < selfCheckRule.significance;
  return isOff
    ? { state: 'disarmed', since: startedAt, ...judged, cleanGates: 0, neededGates }
    : { state: 'armed', ...judged };
};

/** Goes through the gates of one class of machines in the order of time, and says whether the gate is to be believed now. */
export const judgeSelfChecks = (checks: readonly SelfCheck[]): GateTrust => {
  let window: Window = [];
  let trust: GateTrust = { state: 'armed', ...judgeWindow(window) };
  for (const check of checks.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt, 'en'))) {
    if (trust.state === 'armed') {
      window = [...window, check].slice(-selfCheckRule.newestGates);
      trust = nextOfArmed(window, check);
      continue;
    }
    const cleanGates: number = check.hasFailed ? 0 : trust.cleanGates + 1;
    if (cleanGates < neededGates) {
      trust = { ...trust, cleanGates };
      continue;
    }
    // What disarmed it is not held against it for good.
    window = [];
    trust = { state: 'armed', ...judgeWindow(window) };
  }
  return trust;
};

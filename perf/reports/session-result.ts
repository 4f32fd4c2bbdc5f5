import type { RunRecord, ScenarioEnding } from '../harness/record/run-record.ts';

/**
 * How a scenario ended:
 * - `met`, `broken`, `inconclusive`: what its thresholds said together
 * - `failed`: an ordinary error or assertion
 * - `not-measured`: the harness or the target failed, so there is nothing to judge
 * - `skipped`: it does not apply here, with the reason
 * - `stopped`: the session was stopped before or during it; its runs up to then are kept
 */
export type ScenarioOutcome = ScenarioEnding['outcome'];

/** What made a scenario fail. */
export interface ScenarioError {
  /** Without stack. */
  readonly message: string;
  /** The line of the scenario's file that failed; null where it is not known. */
  readonly line: number | null;
}

/** One scenario's test with everything its runs left behind. */
export interface ScenarioResult {
  /** `basic`: the file's name without `.perf.ts`. */
  readonly name: string;
  /** The promise in words. */
  readonly title: string;
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly outcome: ScenarioOutcome;
  /** Why it was skipped or not run. */
  readonly reason: string | null;
  readonly errors: readonly ScenarioError[];
  readonly records: readonly RunRecord[];
  /** Absolute paths of the records. */
  readonly recordFiles: readonly string[];
  readonly durationMs: number;
}

/** Everything one session gave: what each report is made of. */
export interface SessionResult {
  readonly sessionId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** From the start of the command's process to the first dial of its first load, ms; null when none was dialled. */
  readonly startUpMs: number | null;
  /** Null when no target came up. */
  readonly target: SessionTarget | null;
  readonly scenarios: readonly ScenarioResult[];
  /** What went wrong outside of any scenario, one line each. */
  readonly faults: readonly string[];
  /** Stopped by Ctrl-C or SIGTERM. */
  readonly interrupted: boolean;
}

/** What a report says of the target. */
export interface SessionTarget {
  readonly label: string;
  readonly notices: readonly string[];
}

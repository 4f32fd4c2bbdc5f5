import type { TargetRequest } from '../fixtures/targets/request.ts';

/** What one `npm run perf` was asked to do: checked, resolved, plain data, the same for every scenario of the session. */
export interface SessionSettings {
  /** Names the session's folders and ties its records together: `20261122T203447Z-3f9a`. */
  readonly sessionId: string;
  /** Where the records of all sessions lie: `<project>/.perf/runs`. Absolute. */
  readonly recordDirectory: string;
  readonly target: TargetRequest;
  /** `--interval`: thresholds are held against intervals instead of observed values. */
  readonly judgedBy: 'observed' | 'interval';
  /** `--connections`, `--delay`, `--hold`, `--duration`: override the profile of the scenarios they apply to; null leaves it. */
  readonly load: {
    readonly connections: number | null;
    readonly delaySeconds: number | null;
    readonly holdSeconds: number | null;
    readonly durationSeconds: number | null;
    /** `--warm-up`: replaces that of the scenarios; null leaves it. */
    readonly warmUpSeconds: number | null;
    /** Names of the scenarios they apply to: `basic` alone when no scenario was named. */
    readonly appliesTo: readonly string[];
    /** Nobody asked for them: they replace what they can, and leave other profiles alone. */
    readonly areDefaults?: true;
  };
  /** `--agents`: generator processes of every load; null leaves it to the scenarios. */
  readonly agents: 'auto' | number | null;
  /** `--start-capacity`, `--max-capacity`, `--capacity-step`; null leaves the scenario's own. */
  readonly capacity: {
    readonly startConnections: number | null;
    readonly maximumConnections: number | null;
    readonly stepConnections: number | null;
  };
}

import type { Failure } from '../connection/failure.ts';
import type { SelfReport } from '../load/self-watch.ts';
import type { LoadProfile } from '../load/profile.ts';
import type { Summary } from '../metrics/samples.ts';
import type { SlotSummary } from '../metrics/slot-samples.ts';
import type { Grade } from '../thresholds/grade.ts';
import type { JudgedBy } from '../thresholds/judge-interval.ts';
import type { Outcome, Verdict } from '../thresholds/verdict.ts';
import type { Fingerprint } from './fingerprint.ts';

/** Version of the record's layout; from the first release on it grows with every change a reader could notice. */
export const runRecordVersion = 1;

/** Everything one run of one load profile gave: what reports, history and comparisons read. Times are ms unless named. */
export interface RunRecord {
  readonly schema: 'ws-perf-gate/run';
  readonly version: typeof runRecordVersion;
  readonly runId: string;
  /** All runs of one `npm run perf` share it. */
  readonly sessionId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** When the first attempt began, ISO 8601, UTC; null when none did. */
  readonly firstDialAt: string | null;
  readonly scenario: ScenarioRecord;
  readonly target: TargetRecord;
  readonly machine: MachineRecord;
  /** Only runs that share it can be compared. */
  readonly fingerprint: Fingerprint;
  readonly profile: LoadProfile;
  readonly counts: RunCounts;
  readonly failures: readonly FailureCount[];
  readonly metrics: Summary;
  /** Empty until the scenario has judged the run, and for runs that are only steps of another one. */
  readonly verdicts: readonly Verdict[];
  readonly outcome: Outcome;
  readonly grade: Grade;
  readonly validity: Validity;
  readonly server: ServerRecord;
  readonly agents: AgentsRecord;
  /** How the clock that the quotes' `publishedAt` comes from stood to the generator's; null where no quotes are expected. */
  readonly publisherClock: ClockRecord | null;
  /** Earlier quotes whose fan-out was let go to keep memory bounded: fan-out metrics say nothing of them. */
  readonly quotesNotJudged: number;
  readonly timeline: readonly TimelinePoint[];
  /** What was driven and is not judged; null where nothing was left out. */
  readonly warmUp: WarmUpRecord | null;
  /** The metrics that can be judged in windows, over time. */
  readonly slots: SlotSummary;
  /** Present on the record of a capacity search. */
  readonly capacity: CapacityRecord | null;
  /** Ctrl-C, a time limit or a lost agent ended the run early; what had been measured is kept. */
  readonly interrupted: string | null;
  /** Why and when the load was ended before its time; null when it was not. */
  readonly endedEarly: EarlyEndRecord | null;
  /** Whether thresholds were held against observed values or, where there were samples enough, their intervals. */
  readonly judgedBy: JudgedBy;
  /** One JSON line per attempt (`ConnectionAttempt`), beside the record; null when there are none. */
  readonly attemptsFile: string | null;
}

export interface ScenarioRecord {
  /** `basic`: the file's name without `.perf.ts`. */
  readonly name: string;
  /** The test's title: the promise in words. */
  readonly title: string;
  /** Relative to the project, with `/`. */
  readonly file: string;
}

export interface TargetRecord {
  readonly kind: 'containers' | 'process' | 'external';
  readonly label: string;
  /** The endpoint without token or query. */
  readonly url: string;
  /** How the generator reached it. */
  readonly path: 'loopback' | 'container-address' | 'published-port' | 'remote';
  /** What was said loudly before the run. */
  readonly notices: readonly string[];
  /** permessage-deflate was offered: messages may have been compressed, which costs both sides. */
  readonly offersCompression: boolean;
}

export interface MachineRecord {
  readonly node: string;
  readonly platform: string;
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly packageVersion: string;
  readonly commit: string | null;
}

/** The generator processes of a run. */
export interface AgentsRecord {
  readonly count: number;
  /** Why so many: `auto: 2 cores, less one for the server`. */
  readonly why: string;
  /** Addresses of this machine that the connections came from, where the system did not choose. */
  readonly sourceAddresses: readonly string[];
  /** What each saw of itself; the worst of them is judged. */
  readonly selfReports: readonly SelfReport[];
}

export interface RunCounts {
  readonly planned: number;
  readonly attempted: number;
  readonly successful: number;
  readonly failed: number;
  readonly notStarted: number;
  readonly ready: number;
  readonly stable: number;
  readonly messagesReceived: number;
}

/** What came before the judged part of a run: in the counts, the failures and the attempts file, and in no metric but `countDifferences`. */
export interface WarmUpRecord {
  /** On the load's clock. */
  readonly untilMs: number;
  /** Attempts that were due in it. */
  readonly attempts: number;
  /** Pings sent in it. */
  readonly pings: number;
  /** Messages received in it. */
  readonly messages: number;
}

/** A promise that the load was given could not be kept any more, so the load was ended. */
export interface EarlyEndRecord {
  /** When the load was over, since its start. */
  readonly atMs: number;
  /** How much longer it would have taken, about. */
  readonly savedMs: number;
  /** The promise, as verdicts name it. */
  readonly promise: string;
  readonly reason: string;
}

/** Failures that are alike, with one example of what the peer or the system said. */
export interface FailureCount extends Failure {
  readonly count: number;
}

/** Whether the generator and its machine let the numbers be true. */
export interface Validity {
  readonly conclusive: boolean;
  readonly checks: readonly ValidityCheck[];
}

export interface ValidityCheck {
  /** `start lag p95`. */
  readonly name: string;
  readonly unit: 'ms' | 'ratio' | 'count';
  /** Null where this system or this load gives no such reading: it is not judged then. */
  readonly observed: number | null;
  /** Null for a figure that explains others and is not judged itself. */
  readonly limit: number | null;
  readonly passed: boolean;
  /** Names of the metrics that alone are not true when it did not pass; absent: all of them. */
  readonly concerns?: readonly string[];
  /** What it does to the numbers. */
  readonly reason: string;
  /** What to do when it did not pass. */
  readonly remedy: string;
}

export interface ServerRecord {
  readonly samples: readonly ServerSample[];
  /** The guide's statistics before and after the load, where the target serves them. */
  readonly statisticsBefore: WebSocketStatistics | null;
  readonly statisticsAfter: WebSocketStatistics | null;
  /** Client's and server's counts that do not agree, one sentence each; null where they could not be compared. */
  readonly differences: readonly string[] | null;
}

/** One reading of the server, taken about once a second and thinned to 1,200; null where it could not be read. */
export interface ServerSample {
  readonly atMs: number;
  /** Processor time used since the server started. */
  readonly cpuMs: number | null;
  readonly memoryBytes: number | null;
  /** As the monitoring endpoint says. */
  readonly currentConnections: number | null;
}

/** What the latency of quotes stands on. */
export type ClockRecord =
  /** One machine, one clock. */
  | {
      readonly kind: 'shared';
      readonly reason: string;
      readonly offsetMs: 0;
      /** How far the generator's wall clock was moved during the load. */
      readonly uncertaintyMs: number;
    }
  /** Taken from the monitoring endpoint's `timestamp` before the load. */
  | {
      readonly kind: 'estimated';
      /** How far the server's clock is ahead of the generator's. */
      readonly offsetMs: number;
      /** The true offset was at most this far away, from the beginning to the end of the load. */
      readonly uncertaintyMs: number;
      /** Of the exchange that was taken, the shortest. */
      readonly roundTripMs: number;
      readonly exchanges: number;
      /** How much the offset had changed after the load; null where it could not be taken again. */
      readonly driftMs: number | null;
    }
  /** No latency was taken. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The guide's `websocket-stats`, field by field; times in seconds. */
export interface WebSocketStatistics {
  readonly total_connections: number;
  readonly current_connections: number;
  readonly max_concurrent_connections: number;
  readonly connection_times: readonly number[];
  readonly failed_connections: number;
  readonly last_connection_time: number | null;
  readonly avg_connection_time: number;
  readonly min_connection_time: number;
  readonly max_connection_time: number;
  readonly success_rate: number;
  readonly timestamp: number;
}

/** What the generator had seen by `atMs`: all but `open` only grow. Taken four times a second, thinned to 1,200 points. */
export interface TimelinePoint {
  readonly atMs: number;
  readonly started: number;
  readonly open: number;
  /** Attempts that never opened. */
  readonly failed: number;
  /** Of those that had opened: dropped, closed before they were ready, or left without their initial messages. */
  readonly failedAfterOpening: number;
  readonly messages: number;
}

export interface CapacityRecord {
  readonly levels: readonly CapacityLevel[];
  /** The highest number of connections at which all promises held; null when not even the first level did. */
  readonly highestGood: number | null;
  /** The search ended at its maximum with everything held: the true capacity is at least this. */
  readonly limitedByTest: boolean;
}

export interface CapacityLevel {
  readonly connections: number;
  /** `met`: all promises held. */
  readonly outcome: Outcome;
  readonly counts: RunCounts;
  readonly meanConnectTimeMs: number | null;
  readonly verdicts: readonly Verdict[];
}

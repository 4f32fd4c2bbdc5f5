import type { TestArtifactBase } from 'vitest';
import type { Target } from '../fixtures/targets/index.ts';
import type { SessionSettings } from './settings.ts';
import type { FailureReason } from './harness/connection/failure.ts';
import type { Outcome } from './harness/thresholds/verdict.ts';
import type { ServerSample, TimelinePoint } from './harness/record/run-record.ts';

/** The `type` of the artifact that carries a `LoadProgress` from a running scenario to the reporters. */
export const progressArtifactType = 'ws-perf-gate:progress';

/** Where a running load stands; sent a few times a second. */
export interface LoadProgress {
  /** `basic`, or `capacity: 40 of at most 200 connections`. */
  readonly label: string;
  readonly planned: number;
  readonly point: TimelinePoint;
  readonly failures: Readonly<Partial<Record<FailureReason, number>>>;
  readonly connectTimeMs: { readonly p50: number | null; readonly p95: number | null };
  readonly server: ServerSample | null;
  readonly remainingMs: number;
}

/** The artifact as Vitest carries it. */
export interface ProgressArtifact extends TestArtifactBase {
  readonly type: typeof progressArtifactType;
  readonly progress: LoadProgress;
}

declare module 'vitest' {
  interface TestArtifactRegistry {
    readonly 'ws-perf-gate:progress': ProgressArtifact;
  }
  interface ProvidedContext {
    perfSettings: SessionSettings;
    perfTarget: Target;
    /** The project that the scenarios belong to, absolute. */
    perfRoot: string;
  }
  interface TaskMeta {
    /** Absolute paths of the run records that this scenario wrote, in order. */
    perfRecords?: string[];
    /** Why the scenario failed, where it was not an ordinary assertion: `broken`, `inconclusive`, `not-measured`. */
    perfOutcome?: Outcome | 'not-measured';
  }
}

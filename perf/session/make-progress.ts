import type { AgentProgress } from '../harness/load/agent-result.ts';
import { plannedAttempts } from '../harness/load/pacer.ts';
import type { LoadProfile } from '../harness/load/profile.ts';
import { connectTimeSoFar } from '../harness/load/run-load.ts';
import type { ServerSample } from '../harness/record/run-record.ts';
import type { LoadProgress } from '../progress.ts';

/** Where a load that takes `totalMs`, about, stands. */
export const makeProgress = (
  { label, profile }: { readonly label: string; readonly profile: LoadProfile },
  totalMs: number,
  progress: AgentProgress,
  server: ServerSample | null,
): LoadProgress => ({
  label,
  planned: plannedAttempts(profile.arrivals),
  point: progress.point,
  failures: progress.failures,
  connectTimeMs: connectTimeSoFar(progress),
  server,
  remainingMs: Math.max(0, totalMs - progress.point.atMs),
});

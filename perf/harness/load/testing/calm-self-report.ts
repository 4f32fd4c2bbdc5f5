import type { SelfReport, StretchReport } from '../self-watch.ts';

const calmStretch: StretchReport = {
  durationMs: 1_000,
  wait: { meanMs: 0.1, p95Ms: 0.5, p99Ms: 1, maxMs: 2 },
  cpuRatio: 0.2,
  coreWaitRatio: 0.01,
  machineWaitRatio: 0.05,
  preemptions: 3,
  machineBusyRatio: 0.3,
  stealRatio: 0,
  gc: { count: 1, longestMs: 2, totalMs: 2 },
};

/** What a generator sees of itself that nothing held up, while it started 20 attempts at 10 a second; for tests. */
export const calmSelfReport = (
  overrides: {
    readonly opening?: Partial<StretchReport>;
    readonly hold?: Partial<StretchReport>;
    readonly pacing?: Partial<SelfReport['pacing']>;
    readonly headroom?: Partial<SelfReport['headroom']>;
  } = {},
): SelfReport => ({
  opening: { ...calmStretch, ...overrides.opening },
  hold: { ...calmStretch, ...overrides.hold },
  pacing: {
    started: 20,
    dueTogether: 0,
    startsPerTurn: { min: 1, median: 1, max: 1 },
    turnMs: null,
    plannedPerSecond: 10,
    achievedPerSecond: 10,
    ...overrides.pacing,
  },
  headroom: { mostOpen: 20, openFilesRatio: 0.01, localPorts: 30_000, ...overrides.headroom },
});

import type { OpeningReport, SelfReport, StretchReport } from '../self-watch.ts';

const calmStretch: StretchReport = {
  durationMs: 1_000,
  cpuRatio: 0.2,
  machineWaitRatio: 0.05,
  machineBusyRatio: 0.3,
  stealRatio: 0,
  gc: { count: 1, longestMs: 2, totalMs: 2 },
};

const calmWait = { meanMs: 0.1, p95Ms: 0.5, p99Ms: 1, maxMs: 2 };

/** What a generator sees of itself that nothing held up, while it started 20 attempts at 10 a second; for tests. */
export const calmSelfReport = (
  overrides: {
    readonly opening?: Partial<OpeningReport>;
    readonly hold?: Partial<StretchReport>;
    readonly waitWhileOpen?: SelfReport['waitWhileOpen'];
    readonly firstStartLagMs?: SelfReport['firstStartLagMs'];
    readonly pacing?: Partial<SelfReport['pacing']>;
    readonly headroom?: Partial<SelfReport['headroom']>;
  } = {},
): SelfReport => ({
  opening: {
    ...calmStretch,
    wait: calmWait,
    coreWait: { ratio: 0.01 },
    ...overrides.opening,
  },
  hold: { ...calmStretch, ...overrides.hold },
  waitWhileOpen: overrides.waitWhileOpen === undefined ? calmWait : overrides.waitWhileOpen,
  firstStartLagMs: overrides.firstStartLagMs ?? 1,
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

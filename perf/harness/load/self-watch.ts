import { GcPauses, type GcReport } from './gc-pauses.ts';
import type { Headroom } from './headroom.ts';
import { OwnWait, type WaitReport } from './own-wait.ts';
import type { PacingReport } from './turn-pacer.ts';
import { readProcessor, type ProcessorReading } from './processor-reading.ts';

/** What a generator process saw of itself while it drove its share of a load. */
export interface SelfReport {
  /** From the start to the last attempt's outcome. */
  readonly opening: StretchReport;
  /** From there to the end of the hold. */
  readonly hold: StretchReport;
  readonly pacing: PacingReport;
  readonly headroom: Headroom;
}

/** What a generator process saw of itself during a part of a load. */
export interface StretchReport {
  readonly durationMs: number;
  /** How long an event that was ready waited until it was handled; null where the stretch was too short to tell. */
  readonly wait: WaitReport | null;
  /** Processor time used, as a share of one core's time. */
  readonly cpuRatio: number;
  /** The share of the time in which it could have run but had no core; null where the system does not count it. */
  readonly coreWaitRatio: number | null;
  /** The share of the time in which some task of this machine had no core; null where the system does not count it. */
  readonly machineWaitRatio: number | null;
  /** How often it was taken off its core. */
  readonly preemptions: number;
  /** The share of all cores' time that was in use, by whomever; null where the system does not say. */
  readonly machineBusyRatio: number | null;
  /** The share of all cores' time that the host gave to other machines; null where the system does not say. */
  readonly stealRatio: number | null;
  readonly gc: GcReport;
}

/** A running watch over this process. */
export interface SelfWatch {
  /** The last attempt has been decided. */
  openingIsOver(): void;
  /** Ends the watch. */
  report(): Pick<SelfReport, 'opening' | 'hold'>;
}

const machineRatio = (
  before: ProcessorReading['machine'],
  after: ProcessorReading['machine'],
  ticks: 'busyTicks' | 'stolenTicks',
): number | null => {
  if (before === null || after === null || after.totalTicks <= before.totalTicks) return null;
  return Math.max(0, after[ticks] - before[ticks]) / (after.totalTicks - before.totalTicks);
};

const between = (before: ProcessorReading, after: ProcessorReading): Omit<StretchReport, 'wait' | 'gc'> => {
  const durationMs = after.atMs - before.atMs;
  const share = (ms: number): number => (durationMs <= 0 ? 0 : ms / durationMs);
  const shareOf = (fromMs: number | null, toMs: number | null): number | null =>
    fromMs === null || toMs === null ? null : share(toMs - fromMs);
  return {
    durationMs,
    cpuRatio: share(after.cpuMs - before.cpuMs),
    coreWaitRatio: shareOf(before.coreWaitMs, after.coreWaitMs),
    machineWaitRatio: shareOf(before.machineWaitMs, after.machineWaitMs),
    preemptions: after.preemptions - before.preemptions,
    machineBusyRatio: machineRatio(before.machine, after.machine, 'busyTicks'),
    stealRatio: machineRatio(before.machine, after.machine, 'stolenTicks'),
  };
};

/** Starts watching what this process waits for: its own event loop, a core, garbage collection. */
export const watchSelf = (): SelfWatch => {
  const wait = new OwnWait();
  const gc = new GcPauses();
  let before = readProcessor();
  const endStretch = (): StretchReport => {
    const after = readProcessor();
    const stretch = { ...between(before, after), wait: wait.take(), gc: gc.take() };
    before = after;
    return stretch;
  };
  let opening: StretchReport | null = null;
  return {
    openingIsOver: () => {
      opening ??= endStretch();
    },
    report: () => {
      opening ??= endStretch();
      const hold = endStretch();
      wait.stop();
      gc.stop();
      return { opening, hold };
    },
  };
};

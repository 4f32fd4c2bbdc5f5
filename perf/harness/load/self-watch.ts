import { CoreWait, type CoreWaitReport } from './core-wait.ts';
import { FlightWaits } from './flight-waits.ts';
import { GcPauses, type GcReport } from './gc-pauses.ts';
import type { Headroom } from './headroom.ts';
import type { Holding } from './holding.ts';
import { OwnWait } from './own-wait.ts';
import type { PacingReport } from './turn-pacer.ts';
import { readProcessor, type ProcessorReading } from './processor-reading.ts';
import { longerWaits, WeighedWaits, type WaitReport } from './weighed-waits.ts';

/** What a generator process saw of itself while it drove its share of a load. */
export interface SelfReport {
  /** From the start to the last attempt's outcome. */
  readonly opening: OpeningReport;
  /** From there to the end of the hold. */
  readonly hold: StretchReport;
  /**
   * How long an event that was ready waited while connections were open, wherever in the load that was; each moment counts
   * by how many were open. Null where none was.
   */
  readonly waitWhileOpen: WaitReport | null;
  /** How late the first attempt started, ms; null where none did. */
  readonly firstStartLagMs: number | null;
  readonly pacing: PacingReport;
  readonly headroom: Headroom;
  /** What it held with all connections closed, less what it held before the first; absent where nobody asked. */
  readonly left?: Holding;
}

/** What a generator process saw of itself until its last attempt was decided. */
export interface OpeningReport extends StretchReport {
  /**
   * How long an event that was ready waited until it was handled: while attempts were in flight or in the turns of the event
   * loop in which their answers were read, whichever was longer. What held up the last answers alone is a small part of any
   * flight, and what held up the connects is over when the answers come. Each attempt counts alike, but for those of the
   * warm-up and those that nothing ever came back for. Null where there were none.
   */
  readonly wait: WaitReport | null;
  /** How long it could have run but had no core, while attempts were in flight; null where the system does not count it. */
  readonly coreWait: CoreWaitReport | null;
}

/** What a generator process saw of itself during a part of a load. */
export interface StretchReport {
  readonly durationMs: number;
  /** Processor time used, as a share of one core's time. */
  readonly cpuRatio: number;
  /** The share of the time in which some task of this machine had no core; null where the system does not count it. */
  readonly machineWaitRatio: number | null;
  /** The share of all cores' time that was in use, by whomever; null where the system does not say. */
  readonly machineBusyRatio: number | null;
  /** The share of all cores' time that the host gave to other machines; null where the system does not say. */
  readonly stealRatio: number | null;
  readonly gc: GcReport;
}

/** How an attempt ended, for those who ask whether its answer had to wait. */
export interface Decided {
  /** It was answered, or the system said that it never would be; not: given up. */
  readonly heard: boolean;
  readonly opened: boolean;
}

/** A running watch over this process. */
export interface SelfWatch<Attempt> {
  /** An attempt is in flight. */
  started(attempt: Attempt): void;
  decided(attempt: Attempt, decided: Decided): void;
  /** So many connections are open now: whoever knows it from time to time says so, as nobody says when one closes. */
  openNow(connections: number): void;
  /** The last attempt has been decided. */
  openingIsOver(): void;
  /** Ends the watch. */
  report(): Pick<SelfReport, 'opening' | 'hold' | 'waitWhileOpen'>;
}

const machineRatio = (
  before: ProcessorReading['machine'],
  after: ProcessorReading['machine'],
  ticks: 'busyTicks' | 'stolenTicks',
): number | null => {
  if (before === null || after === null || after.totalTicks <= before.totalTicks) return null;
  return Math.max(0, after[ticks] - before[ticks]) / (after.totalTicks - before.totalTicks);
};

const between = (before: ProcessorReading, after: ProcessorReading): Omit<StretchReport, 'gc'> => {
  const durationMs = after.atMs - before.atMs;
  const share = (ms: number): number => (durationMs <= 0 ? 0 : ms / durationMs);
  const shareOf = (fromMs: number | null, toMs: number | null): number | null =>
    fromMs === null || toMs === null ? null : share(toMs - fromMs);
  return {
    durationMs,
    cpuRatio: share(after.cpuMs - before.cpuMs),
    machineWaitRatio: shareOf(before.machineWaitMs, after.machineWaitMs),
    machineBusyRatio: machineRatio(before.machine, after.machine, 'busyTicks'),
    stealRatio: machineRatio(before.machine, after.machine, 'stolenTicks'),
  };
};

/**
 * Starts watching what this process waits for: its own event loop, a core, garbage collection. Waits count while
 * `isMeasured` says so: what falls into the warm-up is in no metric.
 */
export const watchSelf = <Attempt>(isMeasured: () => boolean = () => true): SelfWatch<Attempt> => {
  const flights = new FlightWaits<Attempt>();
  const answers = new FlightWaits<Attempt>();
  const coreWait = new CoreWait();
  const waitsWhileOpen = new WeighedWaits();
  let open = 0;
  const wait = new OwnWait((waitsMs) => {
    const weight = isMeasured() ? open : 0;
    for (const waitMs of waitsMs) {
      flights.sample(waitMs);
      answers.sample(waitMs);
      waitsWhileOpen.add(waitMs, weight);
    }
    if (!flights.isAny) coreWait.end();
  });
  const gc = new GcPauses();
  let before = readProcessor();
  const endStretch = (): StretchReport => {
    const after = readProcessor();
    const stretch = { ...between(before, after), gc: gc.take() };
    before = after;
    return stretch;
  };
  let opening: StretchReport | null = null;
  return {
    started: (attempt) => {
      if (!isMeasured()) return;
      coreWait.begin();
      flights.begin(attempt, wait.overdue);
    },
    decided: (attempt, { heard, opened }) => {
      const { overdue } = wait;
      if (flights.end(attempt, overdue, heard)) {
        answers.begin(attempt, -wait.toldThisTurn);
        answers.end(attempt, overdue, true);
      }
      if (opened) open += 1;
    },
    openNow: (connections) => {
      open = connections;
    },
    openingIsOver: () => {
      opening ??= endStretch();
    },
    report: () => {
      opening ??= endStretch();
      const hold = endStretch();
      wait.stop();
      gc.stop();
      coreWait.end();
      return {
        opening: {
          ...opening,
          wait: longerWaits(flights.report(), answers.report()),
          coreWait: coreWait.report(),
        },
        hold,
        waitWhileOpen: waitsWhileOpen.report(),
      };
    },
  };
};

import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a generator process saw of itself while it drove a load. */
export interface SelfReport {
  /** How late the event loop ran a timer, in ms, at the 99th percentile. */
  readonly eventLoopDelayP99Ms: number;
  readonly eventLoopDelayMaxMs: number;
  /** Processor time used, as a share of one core's time: over the whole load, or over its opening where that was busier. */
  readonly cpuRatio: number;
}

const resolutionMs = 5;
/** A shorter stretch is a burst, in which a busy processor is no shortage, ms. */
const shortestStretchMs = 500;
const nanosecondsPerMs = 1e6;
const microsecondsPerMs = 1e3;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / microsecondsPerMs;
};

// The histogram holds the distance between two ticks of a timer, its own period included.
const lateness = (nanoseconds: number): number =>
  Math.max(0, (Number.isFinite(nanoseconds) ? nanoseconds / nanosecondsPerMs : 0) - resolutionMs);

/** A running watch over this process. */
export interface SelfWatch {
  /** The last attempt has been decided. */
  openingIsOver(): void;
  report(): SelfReport;
}

/** Starts watching this process's event loop and processor time. */
export const watchSelf = (): SelfWatch => {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const begin = { cpuMs: cpuMs(), atMs: performance.now() };
  const ratioSinceBegin = (): number => {
    const elapsedMs = performance.now() - begin.atMs;
    return elapsedMs < shortestStretchMs ? 0 : (cpuMs() - begin.cpuMs) / elapsedMs;
  };
  let openingRatio = 0;
  return {
    openingIsOver: () => {
      openingRatio = ratioSinceBegin();
    },
    report: () => {
      delay.disable();
      return {
        eventLoopDelayP99Ms: lateness(delay.percentile(99)),
        eventLoopDelayMaxMs: lateness(delay.max),
        cpuRatio: Math.max(openingRatio, ratioSinceBegin()),
      };
    },
  };
};

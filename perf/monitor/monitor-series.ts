import { memoryGrowth } from '../observe/memory-growth.ts';
import type { ServerSample } from '../harness/record/run-record.ts';
import { InstanceCircuits } from './instance-circuits.ts';
import { monitorSampleVersion, type MonitorLook, type ProbeResult } from './monitor-sample.ts';
import type { MonitoringAnswer, ServerReading } from './server-reading.ts';

type Statistics = Extract<MonitoringAnswer, { kind: 'statistics' }>;

interface Counted {
  readonly atMs: number;
  readonly statistics: Statistics;
}

const msPerSecond = 1_000;
/** Of the window that a slope is taken over, so much must have been seen. */
const seenShare = 0.5;

const hasBegunAnew = (before: Statistics, now: Statistics): boolean =>
  now.attempts < before.attempts || now.failed < before.failed || (now.peak ?? 0) < (before.peak ?? 0);

const connectTimes = (
  { connectTimesSeconds }: Statistics,
  opened: number,
): NonNullable<MonitorLook['interval']>['connectTimeMs'] => {
  // The newest come last; while handshakes are under way, their number may be off by those.
  const timesMs = (opened <= 0 ? [] : connectTimesSeconds.slice(-opened)).map(
    (seconds) => seconds * msPerSecond,
  );
  if (timesMs.length === 0) return null;
  const sumMs = timesMs.reduce((sum, timeMs) => sum + timeMs, 0);
  const maxMs = timesMs.reduce((max, timeMs) => Math.max(max, timeMs), 0);
  return { mean: sumMs / timesMs.length, max: maxMs, samples: timesMs.length };
};

/** What the counters did between two readings; after a reset they count from zero, as Prometheus' `increase` has it. */
const intervalOf = (before: Counted, now: Counted): MonitorLook['interval'] => {
  const isReset = hasBegunAnew(before.statistics, now.statistics);
  const base = isReset ? { attempts: 0, failed: 0 } : before.statistics;
  const attempts = now.statistics.attempts - base.attempts;
  const failed = now.statistics.failed - base.failed;
  const seconds = (now.atMs - before.atMs) / msPerSecond;
  return {
    seconds,
    attempts,
    failed,
    attemptsPerSecond: seconds === 0 ? 0 : attempts / seconds,
    // An attempt is counted when it arrives, and may fail in a later interval.
    failureRatio: attempts === 0 ? null : Math.min(1, failed / attempts),
    connectTimeMs: connectTimes(now.statistics, attempts - failed),
  };
};

/** By the server's clock, where it is told: the start of its process is by that one, too. */
const answeredAtOf = ({ atEpochMs, monitoring }: ServerReading): number =>
  (monitoring.kind === 'statistics' ? monitoring.atServerEpochMs : null) ?? atEpochMs;

const openOf = (answer: MonitoringAnswer): Pick<MonitorLook, 'open' | 'peak'> =>
  answer.kind === 'statistics' || answer.kind === 'active-connections'
    ? { open: answer.open, peak: answer.peak }
    : { open: null, peak: null };

const serverOf = (answer: MonitoringAnswer): Pick<MonitorLook, 'server' | 'reason'> =>
  answer.kind === 'away' || answer.kind === 'unmonitored'
    ? { server: answer.kind, reason: answer.reason }
    : { server: 'up', reason: null };

/** Makes of one reading after another what happened between them: counters become rates, and what began anew is told. */
export class MonitorSeries {
  readonly #windowMs: number;
  #counted: Counted | null = null;
  /** The process that answered last, which behind a load balancer need not be that of the time before. */
  #newestStartedAtEpochMs: number | null = null;
  /** What was seen of each process within the window, by when it started. */
  #usage: ReadonlyMap<number | null, readonly ServerSample[]> = new Map();
  #answeredAtEpochMs: number | null = null;
  readonly #circuits = new InstanceCircuits();

  /** `windowMs`: of how long the growth of memory is taken. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add(reading: ServerReading, probes: readonly ProbeResult[]): MonitorLook {
    const { atMs, atEpochMs, monitoring } = reading;
    const counted = monitoring.kind === 'statistics' ? { atMs, statistics: monitoring } : null;
    const before = this.#counted;
    const isComparable = counted !== null && before !== null;
    const restarted = this.#hasRestarted(reading);
    const look: MonitorLook = {
      version: monitorSampleVersion,
      at: new Date(atEpochMs).toISOString(),
      elapsedSeconds: atMs / msPerSecond,
      ...serverOf(monitoring),
      restarted,
      countersReset: isComparable && hasBegunAnew(before.statistics, counted.statistics),
      ...openOf(monitoring),
      totals:
        counted === null
          ? null
          : { attempts: counted.statistics.attempts, failed: counted.statistics.failed },
      interval: isComparable ? intervalOf(before, counted) : null,
      process: this.#processOf(reading),
      probes: [...probes],
    };
    this.#counted = counted ?? before;
    if (reading.metrics !== null) this.#answeredAtEpochMs = answeredAtOf(reading);
    return look;
  }

  /** A process that started since it last answered; one that had started before is another instance. */
  #hasRestarted({ metrics }: ServerReading): boolean {
    const startedAtEpochMs = metrics?.startedAtEpochMs ?? null;
    const known = this.#newestStartedAtEpochMs;
    if (startedAtEpochMs === null || known === null || this.#answeredAtEpochMs === null) return false;
    return startedAtEpochMs !== known && startedAtEpochMs > this.#answeredAtEpochMs - msPerSecond;
  }

  #processOf(reading: ServerReading): MonitorLook['process'] {
    const { atMs, metrics } = reading;
    if (metrics === null) return null;
    const { startedAtEpochMs, memoryBytes, cpuMs } = metrics;
    const fromMs = atMs - this.#windowMs;
    const earlier = (this.#usage.get(startedAtEpochMs) ?? []).filter((sample) => sample.atMs >= fromMs);
    const usage = [...earlier, { atMs, memoryBytes, cpuMs, currentConnections: null }];
    const others = [...this.#usage].filter(([, seen]) => (seen.at(-1)?.atMs ?? fromMs) >= fromMs);
    this.#usage = new Map([...others, [startedAtEpochMs, usage]]);
    this.#newestStartedAtEpochMs = startedAtEpochMs;
    const last = earlier.at(-1);
    const usedMs = cpuMs === null || last?.cpuMs == null ? null : cpuMs - last.cpuMs;
    const isSeen = atMs - (usage[0]?.atMs ?? atMs) >= this.#windowMs * seenShare;
    return {
      memoryBytes,
      memoryGrowthBytesPerSecond: isSeen ? memoryGrowth(usage, { fromMs, untilMs: atMs }).value : null,
      cpuRatio:
        usedMs === null || usedMs < 0 || last === undefined || atMs <= last.atMs
          ? null
          : usedMs / (atMs - last.atMs),
      eventLoopDelayP99Ms: metrics.eventLoopDelayP99Ms,
      circuit: this.#circuits.worst(metrics, answeredAtOf(reading)),
    };
  }
}

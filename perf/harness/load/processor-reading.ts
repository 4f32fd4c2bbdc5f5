import { readFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';

/** Counters of this process and its machine at one moment; null where the system keeps none. */
export interface ProcessorReading {
  readonly atMs: number;
  /** Processor time of this process, all threads. */
  readonly cpuMs: number;
  /** How long some task of this machine could have run but had no core. */
  readonly machineWaitMs: number | null;
  /** Time of all cores together, in ticks. */
  readonly machine: {
    readonly totalTicks: number;
    readonly busyTicks: number;
    readonly stolenTicks: number;
  } | null;
}

const microsecondsPerMs = 1e3;
const nanosecondsPerMs = 1e6;

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not Linux, or a container that hides it.
    return null;
  }
};

/** From `/proc/self/schedstat`: time on a core, time waiting for one (both ns), and how often it had one. */
export const coreWaitOf = (schedstat: string | null): number | null => {
  const [onCore, waiting] = (schedstat ?? '').split(' ').map(Number);
  // A kernel without the accounting shows zeros.
  return waiting === undefined || !onCore || Number.isNaN(waiting) ? null : waiting / nanosecondsPerMs;
};

/** From the first line of `/proc/stat`: user nice system idle iowait irq softirq steal (proc_stat(5)); guests are in user. */
export const machineTicksOf = (stat: string | null): ProcessorReading['machine'] => {
  const ticks = /^cpu +(?<ticks>[\d ]+)/u
    .exec(stat ?? '')
    ?.groups?.['ticks']?.split(' ')
    .map(Number)
    .slice(0, 8);
  const [, , , idle, ioWait, , , stolen] = ticks ?? [];
  if (ticks === undefined || idle === undefined || ioWait === undefined || stolen === undefined) return null;
  const totalTicks = ticks.reduce((total, one) => total + one, 0);
  return { totalTicks, busyTicks: totalTicks - idle - ioWait, stolenTicks: stolen };
};

/** From `/proc/pressure/cpu`: the time in which some task waited for a core, in µs (Documentation/accounting/psi.rst). */
export const machineWaitOf = (pressure: string | null): number | null => {
  const total = /^some .*total=(?<total>\d+)/mu.exec(pressure ?? '')?.groups?.['total'];
  return total === undefined ? null : Number(total) / microsecondsPerMs;
};

/** How long the main thread could have run but had no core since it began, ms; null where the system does not count it. */
export const readCoreWaitMs = (): number | null => coreWaitOf(readText('/proc/self/schedstat'));

/** Reads the counters as they are now; takes some ten microseconds. */
export const readProcessor = (): ProcessorReading => {
  const { user, system } = cpuUsage();
  return {
    atMs: performance.now(),
    cpuMs: (user + system) / microsecondsPerMs,
    machineWaitMs: machineWaitOf(readText('/proc/pressure/cpu')),
    machine: machineTicksOf(readText('/proc/stat')),
  };
};

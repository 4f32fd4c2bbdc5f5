import type { SessionSettings } from '../settings.ts';
import { readCount, readDuration, readSeconds } from './read-number.ts';
import type { RunOptions } from './run-options.ts';

/** Connections of `basic` where a report is asked for, as in the guide's comprehensive test. */
const connectionsOfReport = 50;
const guideCapacity = { start: 10, maximum: 200 };

/** The load as the command line has it. `named`: the scenarios that were named. */
export const readLoad = (
  options: RunOptions,
  named: readonly string[],
  problems: string[],
): SessionSettings['load'] => {
  const connections = readCount('--connections', options.connections, 1, problems);
  const delaySeconds = readSeconds('--delay', options.delay, 'zero', problems);
  const holdSeconds = readSeconds('--hold', options.hold, 'zero', problems);
  const durationSeconds = readDuration('--duration', options.duration, problems);
  const warmUpSeconds = readSeconds('--warm-up', options.warmUp, 'zero', problems);
  const { duration, warmUp } = options;
  const isGiven = [options.connections, options.delay, options.hold, duration, warmUp].some(
    (text) => text !== undefined,
  );
  const asksForReport =
    options.capacityTest === true || options.output !== undefined || options.report !== undefined;
  if (!isGiven) {
    // The guide's 50 are a default: they replace the 20 of `basic`, and no other scenario's number.
    const asWritten = { delaySeconds: null, holdSeconds: null, durationSeconds: null, warmUpSeconds: null };
    return asksForReport
      ? { ...asWritten, connections: connectionsOfReport, appliesTo: ['basic'], areDefaults: true }
      : { ...asWritten, connections: null, appliesTo: [] };
  }
  const unnamed = options.capacityTest === true ? ['capacity'] : ['basic'];
  return {
    // A search for the capacity has levels of its own.
    connections:
      connections ??
      (asksForReport && named.length === 0 && options.capacityTest !== true ? connectionsOfReport : null),
    delaySeconds,
    holdSeconds,
    durationSeconds,
    warmUpSeconds,
    appliesTo: named.length > 0 ? [...named] : unnamed,
  };
};

/** The capacity search as the command line has it. */
export const readCapacity = (options: RunOptions, problems: string[]): SessionSettings['capacity'] => {
  const capacity = {
    startConnections: readCount('--start-capacity', options.startCapacity, 1, problems),
    maximumConnections: readCount('--max-capacity', options.maxCapacity, 1, problems),
    stepConnections: readCount('--capacity-step', options.capacityStep, 1, problems),
  };
  const start = capacity.startConnections ?? guideCapacity.start;
  const maximum = capacity.maximumConnections ?? guideCapacity.maximum;
  if (start > maximum) {
    problems.push(
      `--start-capacity (${String(start)}) is above --max-capacity (${String(maximum)}). Raise the one or lower the other.`,
    );
  }
  return capacity;
};

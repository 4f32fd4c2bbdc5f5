import type { LoadProfile } from '../harness/load/profile.ts';
import type { LoadResult } from '../harness/load/run-load.ts';
import type { Holding } from '../harness/load/holding.ts';
import {
  generatorDescriptorsLeft,
  generatorMemoryLeft,
  serverConnectionsLeft,
} from '../harness/metrics/catalogue.ts';
import type { Unit } from '../harness/metrics/metric.ts';
import type { GaugeSamples } from '../harness/metrics/samples.ts';
import type { ServerCounts } from '../observe/server-counts.ts';
import type { LeakFindings, LeakWatch } from '../observe/watch-leaks.ts';
import { levelWindow } from './summarize-server.ts';

/** What a server had counted before the load and after it; null where it does not say. */
interface CountsAround {
  readonly before: ServerCounts | null;
  readonly after: ServerCounts | null;
}

const connectionsLeft = ({ before, after }: CountsAround): GaugeSamples => {
  const value =
    before === null || after === null
      ? null
      : after.statistics.current_connections - before.statistics.current_connections;
  return { kind: 'gauge', unit: 'connections', value, readings: value === null ? 0 : 2 };
};

/** Of all generator processes together. */
const leftAtGenerators = (
  { selfReports }: Pick<LoadResult, 'selfReports'>,
  unit: Unit,
  read: (left: Holding) => number | null,
): GaugeSamples => {
  const known = selfReports.flatMap(({ left }) => (left === undefined ? [] : (read(left) ?? [])));
  const isKnown = known.length > 0 && known.length === selfReports.length;
  const value = isKnown ? known.reduce((sum, one) => sum + one, 0) : null;
  return { kind: 'gauge', unit, value, readings: known.length };
};

/** What a load left behind, on both sides; nothing where nobody looked for it. */
export const concludeLeaks = async (
  watch: LeakWatch | null,
  profile: LoadProfile,
  result: LoadResult,
  counts: CountsAround,
): Promise<LeakFindings> => {
  if (watch === null) return { metrics: {}, notTaken: {} };
  const { metrics, notTaken } = await watch.conclude(levelWindow(profile, result));
  return {
    metrics: {
      ...metrics,
      [serverConnectionsLeft.name]: connectionsLeft(counts),
      [generatorMemoryLeft.name]: leftAtGenerators(result, 'bytes', ({ liveBytes }) => liveBytes),
      [generatorDescriptorsLeft.name]: leftAtGenerators(result, 'count', ({ openFiles }) => openFiles),
    },
    notTaken,
  };
};

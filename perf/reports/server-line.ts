import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import type { ServerRecord } from '../harness/record/run-record.ts';

const cpuText = (samples: ServerRecord['samples']): readonly string[] => {
  const read = samples.flatMap(({ atMs, cpuMs }) => (cpuMs === null ? [] : [{ atMs, cpuMs }]));
  const [first, last] = [read.at(0), read.at(-1)];
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return [];
  const usedMs = last.cpuMs - first.cpuMs;
  const share = usedMs / (last.atMs - first.atMs);
  return [`CPU ${formatQuantity(usedMs, 'ms')} (${(share * 100).toFixed(0)} % of a core)`];
};

const memoryText = (samples: ServerRecord['samples']): readonly string[] => {
  const read = samples.flatMap(({ memoryBytes }) => (memoryBytes === null ? [] : [memoryBytes]));
  const first = read.at(0);
  if (first === undefined) return [];
  const highest = read.reduce((a, b) => Math.max(a, b), first);
  return [`memory ${formatQuantity(first, 'bytes')}, highest ${formatQuantity(highest, 'bytes')}`];
};

/** What was seen of the server: `Server: CPU 120 ms (6 % of a core) · memory 61.20 MiB, highest 70.10 MiB`; null: nothing. */
export const serverLine = ({ samples }: Pick<ServerRecord, 'samples'>): string | null => {
  const parts = [...cpuText(samples), ...memoryText(samples)];
  return parts.length === 0 ? null : `Server: ${parts.join(' · ')}`;
};

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineRecord } from '../harness/record/run-record.ts';
import type { BenchForm, BenchPart } from './form.ts';
import type { Figures, Goal } from './goals.ts';

/** Everything one run of the benchmark gave. Times are ms unless named. */
export interface BenchRecord {
  readonly schema: 'ws-perf-gate/bench';
  readonly version: 2;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly form: BenchForm;
  /** What of the form was measured. */
  readonly parts: readonly BenchPart[];
  readonly machine: MachineRecord;
  /** What all others on this machine used meanwhile, as a share of one core's time; null where it is not known. */
  readonly neighbourCpuShare: number | null;
  readonly figures: Figures;
  readonly goals: readonly Goal[];
  /** What the product holds itself to and this benchmark does not measure. */
  readonly leftOut: readonly string[];
}

/** Writes a record below `.perf/bench/` and returns the file's path. */
export const writeBenchRecord = async (record: BenchRecord): Promise<string> => {
  const folder = join('.perf', 'bench');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${record.startedAt.replaceAll(':', '-')}.json`);
  await writeFile(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
};

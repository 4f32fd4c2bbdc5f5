import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { monitorSampleSchema, type MonitorSample } from '../../../monitor/monitor-sample.ts';

/** What a monitor has written to `--output` so far; each line is checked. */
export const monitorLines = async (file: string): Promise<readonly MonitorSample[]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => monitorSampleSchema.parse(JSON.parse(line)));

/** Waits until what it has written is so; only the signal ends the waiting. */
export const untilLines = async (
  file: string,
  isSo: (samples: readonly MonitorSample[]) => boolean,
  signal: AbortSignal,
): Promise<void> => {
  const written = (): Promise<readonly MonitorSample[]> => monitorLines(file).catch(() => []);
  while (!isSo(await written())) {
    signal.throwIfAborted();
    await sleep(50);
  }
};

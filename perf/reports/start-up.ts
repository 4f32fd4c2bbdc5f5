import type { ScenarioResult } from './session-result.ts';

const msPerSecond = 1_000;

/** When this process began, in ms of the Unix epoch. */
export const processStartedAtEpochMs = (): number => Date.now() - process.uptime() * msPerSecond;

/** From a moment to the first dial of all scenarios, ms; null when nothing was dialled. */
export const startUpMs = (
  startedAtEpochMs: number,
  scenarios: readonly Pick<ScenarioResult, 'records'>[],
): number | null => {
  const dialsAtEpochMs = scenarios.flatMap(({ records }) =>
    records.flatMap(({ firstDialAt }) => (firstDialAt === null ? [] : [Date.parse(firstDialAt)])),
  );
  return dialsAtEpochMs.length === 0 ? null : Math.round(Math.min(...dialsAtEpochMs) - startedAtEpochMs);
};

import type { ScenarioEntry, ScenarioMetric } from './history-record.ts';

/** Why a figure of a run is not put beside those of others, in a few words; null where it is. */
export const whyNotComparable = (
  { isConclusive, wasEndedEarly }: Pick<ScenarioEntry, 'isConclusive' | 'wasEndedEarly'>,
  { isTrue }: Pick<ScenarioMetric, 'isTrue'>,
): string | null => {
  if (!isConclusive || !isTrue) return 'not measured truly';
  return wasEndedEarly ? 'load ended early' : null;
};

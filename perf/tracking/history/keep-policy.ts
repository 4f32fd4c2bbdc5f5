/** What is kept of the history: everything of the last days, and of months before them a number of runs each. */
export interface KeepPolicy {
  readonly keepDays: number;
  /** 0: nothing that is older. */
  readonly keepPerMonth: number;
}

/** A run as pruning sees it. */
export interface DatedRecord {
  readonly path: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

const dayMs = 86_400_000;

/** Of `count` in a row, the places of `wanted` spread evenly, both ends included: a month keeps its course. */
const evenPlaces = (count: number, wanted: number): ReadonlySet<number> => {
  if (wanted <= 0) return new Set();
  if (wanted >= count) return new Set(Array.from({ length: count }, (_, place) => place));
  if (wanted === 1) return new Set([count - 1]);
  return new Set(
    Array.from({ length: wanted }, (_, step) => Math.round((step * (count - 1)) / (wanted - 1))),
  );
};

/** The paths of the records that the policy does not keep, sorted. */
export const recordsToPrune = (
  records: readonly DatedRecord[],
  { keepDays, keepPerMonth }: KeepPolicy,
  now: Date,
): readonly string[] => {
  // A month is thinned out once, when all of it is old: again and again, only its ends would stay.
  const keptFrom = new Date(now.getTime() - keepDays * dayMs).toISOString().slice(0, 7);
  const months = Map.groupBy(records, ({ startedAt }) => startedAt.slice(0, 7));
  return [...months]
    .filter(([name]) => name < keptFrom)
    .flatMap(([, month]) => {
      const kept = evenPlaces(month.length, keepPerMonth);
      return month
        .toSorted(
          (a, b) => a.startedAt.localeCompare(b.startedAt, 'en') || a.path.localeCompare(b.path, 'en'),
        )
        .filter((_, place) => !kept.has(place))
        .map(({ path }) => path);
    })
    .toSorted();
};

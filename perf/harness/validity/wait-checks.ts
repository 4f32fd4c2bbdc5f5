import type { LoadProfile } from '../load/profile.ts';
import type { SelfReport } from '../load/self-watch.ts';
import { connectTime, fanOutSkew, messageGap, quoteLatency, roundTripTime } from '../metrics/catalogue.ts';
import { aggregate, type Summary } from '../metrics/samples.ts';
import type { ValidityCheck } from '../record/run-record.ts';
import { gentler } from './remedies.ts';
import { atMost, figure, largest } from './validity-check.ts';
import { validityLimits as limits } from './validity-limits.ts';

const reason =
  'An answer that has arrived waits in the generator until it is read, and is timed as if the server took that long.';

const openingWaits = (reports: readonly SelfReport[], summary: Summary): ValidityCheck[] => [
  atMost({
    name: 'answers’ wait in the generator during the opening, mean',
    unit: 'ms',
    observed: largest(reports.map(({ opening }) => opening.wait?.meanMs ?? null)),
    limit: Math.max(
      limits.openingWaitMeanMs,
      limits.openingWaitMeanRatio * (aggregate(summary, connectTime, 'mean') ?? 0),
    ),
    reason,
    remedy: gentler,
  }),
  atMost({
    name: 'answers’ wait in the generator during the opening, p95',
    unit: 'ms',
    observed: largest(reports.map(({ opening }) => opening.wait?.p95Ms ?? null)),
    limit: Math.max(
      limits.openingWaitP95Ms,
      limits.openingWaitP95Ratio * (aggregate(summary, connectTime, 'p95') ?? 0),
    ),
    reason,
    remedy: gentler,
  }),
];

const holdWait = (reports: readonly SelfReport[], profile: LoadProfile, summary: Summary): ValidityCheck => {
  const check = {
    name: 'answers’ wait in the generator during the hold, p95',
    unit: 'ms',
    observed: largest(reports.map(({ hold }) => hold.wait?.p95Ms ?? null)),
    reason,
  } as const;
  if (profile.whileOpen.kind === 'listen') {
    const latencyMs = aggregate(summary, quoteLatency, 'p95');
    // While connections only listen, nothing is timed but the quotes, where there are any.
    if (latencyMs === null) return figure(check);
    return atMost({
      ...check,
      limit: Math.max(limits.messageWaitP95Ms, limits.messageWaitP95Ratio * latencyMs),
      concerns: [quoteLatency.name, fanOutSkew.name, messageGap.name],
      remedy: gentler,
    });
  }
  const roundTripMs = aggregate(summary, roundTripTime, 'p95') ?? 0;
  const limit = Math.max(limits.holdWaitP95Ms, limits.holdWaitP95Ratio * roundTripMs);
  return atMost({ ...check, limit, remedy: gentler });
};

/** Whether what arrived was read soon enough for its time to be the server's. */
export const waitChecks = (
  reports: readonly SelfReport[],
  profile: LoadProfile,
  summary: Summary,
): ValidityCheck[] => [...openingWaits(reports, summary), holdWait(reports, profile, summary)];

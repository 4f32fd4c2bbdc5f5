import type { LoadProfile } from '../load/profile.ts';
import type { LoadResult } from '../load/run-load.ts';
import { connectTime } from '../metrics/catalogue.ts';
import { aggregate, type Summary } from '../metrics/samples.ts';
import type { ServerSample, Validity } from '../record/run-record.ts';
import { headroomChecks } from './headroom-checks.ts';
import { planChecks } from './plan-checks.ts';
import { processorChecks } from './processor-checks.ts';
import { waitChecks } from './wait-checks.ts';

/** Judges the generator, not the server: whether its own lateness and limits let the numbers be true. */
export const checkValidity = (
  result: LoadResult,
  profile: LoadProfile,
  summary: Summary,
  serverSamples: readonly ServerSample[] = [],
): Validity => {
  const checks = [
    ...waitChecks(result.selfReports, summary),
    ...processorChecks(result.selfReports, {
      samples: serverSamples,
      openingOverAtMs: result.openingOverAtMs,
      meanConnectTimeMs: aggregate(summary, connectTime, 'mean'),
    }),
    ...planChecks(result, profile),
    ...headroomChecks(result),
  ];
  return { conclusive: checks.every(({ passed, concerns }) => passed || concerns !== undefined), checks };
};

import type { LoadResult } from '../load/run-load.ts';
import type { ValidityCheck } from '../record/run-record.ts';
import { atMost, largest } from './validity-check.ts';
import { validityLimits as limits } from './validity-limits.ts';

const remedy =
  'Raise the limit of open files (ulimit -n) or of local ports (sysctl net.ipv4.ip_local_port_range).';

/** Ports that the system had to find, for all agents; null where ports were assigned. */
const foundPortsRatio = ({ selfReports, sourceAddresses }: LoadResult): number | null => {
  const ports = largest(selfReports.map(({ headroom }) => headroom.localPorts));
  if (ports === null || sourceAddresses.length > 0) return null;
  return selfReports.reduce((total, { headroom }) => total + headroom.mostOpen, 0) / ports;
};

/** Whether this machine's own limits were far enough away. */
export const headroomChecks = (result: LoadResult): ValidityCheck[] => [
  atMost({
    name: 'failures by this machine’s own limits',
    unit: 'count',
    observed: result.attempts.filter(
      (attempt) => attempt.outcome === 'failed' && attempt.failure.reason === 'local-limit',
    ).length,
    limit: limits.localLimitFailures,
    reason: 'They are no failures of the server.',
    remedy,
  }),
  atMost({
    name: 'open files of those allowed',
    unit: 'ratio',
    observed: largest(result.selfReports.map(({ headroom }) => headroom.openFilesRatio)),
    limit: limits.openFilesRatio,
    reason: 'The next connection may fail here, and not at the server.',
    remedy,
  }),
  atMost({
    name: 'local ports of those there are',
    unit: 'ratio',
    observed: foundPortsRatio(result),
    limit: limits.localPortsRatio,
    reason:
      'The fewer ports are free, the longer the system looks for one; that time is counted as the server’s.',
    remedy,
  }),
];

import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import type { LoadProgress } from '../progress.ts';

const barWidth = 24;

const bar = (done: number, planned: number): string => {
  const share = planned === 0 ? 0 : Math.min(1, done / planned);
  const filled = Math.round(share * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
};

const connectTimes = ({ connectTimeMs }: LoadProgress): string =>
  connectTimeMs.p50 === null
    ? 'no connect time yet'
    : `connect p50 ${formatQuantity(connectTimeMs.p50, 'ms')} p95 ${formatQuantity(connectTimeMs.p95, 'ms')}`;

const timeLeft = ({ remainingMs }: LoadProgress): string =>
  `${String(Math.ceil(remainingMs / 1_000))} s left`;

/** What was started of the plan: `100/100`, and the tries to come back, which no plan counts: ` +45 retries`. */
const startedOf = ({ planned, point: { started } }: LoadProgress, of: string): string => {
  const retries = Math.max(0, started - planned);
  return `${String(started - retries)}${of}${String(planned)} started${retries === 0 ? '' : ` +${String(retries)} retries`}`;
};

const failuresByReason = ({ failures }: LoadProgress): string =>
  Object.entries(failures)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${String(count)}`)
    .join(', ');

const serverText = ({ server }: LoadProgress): string =>
  server?.memoryBytes == null ? '' : ` · server memory ${formatQuantity(server.memoryBytes, 'bytes')}`;

/** Where a load stands, as lines that are redrawn in a terminal. */
export const liveLines = (progress: LoadProgress): readonly string[] => {
  const { label, planned, point } = progress;
  const failed = point.failed === 0 ? '' : `  failed: ${failuresByReason(progress) || String(point.failed)}`;
  return [
    `${label}  ${bar(point.started, planned)} ${startedOf(progress, '/')} · ${timeLeft(progress)}`,
    `  ${String(point.open)} open · ${String(point.failed)} failed · ${String(point.messages)} messages · ` +
      `${connectTimes(progress)}${serverText(progress)}`,
    ...(failed === '' ? [] : [failed]),
  ];
};

/** Where a load stands, as one line of a log. */
export const plainLine = (progress: LoadProgress): string => {
  const { label, point } = progress;
  const failures = failuresByReason(progress);
  return (
    `  ${label}: ${startedOf(progress, ' of ')}, ${String(point.open)} open, ` +
    `${failures === '' ? `${String(point.failed)} failed` : failures}, ${connectTimes(progress)}, ${timeLeft(progress)}`
  );
};

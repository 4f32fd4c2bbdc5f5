import type { Colors } from 'picocolors/types.js';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import { printableLine } from '../printable.ts';
import { wrap } from '../wrap.ts';
import type { LoadStanding } from './load-trail.ts';
import { sparkline } from './sparkline.ts';

const barWidth = 20;
const titleWidth = 10;
const msPerSecond = 1_000;
const secondsPerMinute = 60;

const bar = (done: number, planned: number): string => {
  const share = planned === 0 ? 0 : Math.min(1, done / planned);
  const filled = Math.round(share * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
};

const timeLeft = ({ remainingMs }: LoadStanding): string => {
  const seconds = Math.ceil(remainingMs / msPerSecond);
  if (seconds === 0) return 'ending';
  if (seconds < 2 * secondsPerMinute) return `${String(seconds)} s left`;
  return `${String(Math.ceil(seconds / secondsPerMinute))} min left`;
};

const perSecond = (value: number | null): readonly string[] =>
  value === null ? [] : [`${value.toFixed(value < 100 ? 1 : 0)}/s`];

const joined = (parts: readonly string[]): string => parts.join(' · ');

/** What was started of the plan, and the tries to come back, which no plan counts: `100 of 100 +45 retries`. */
const startedText = ({ planned, point: { started } }: LoadStanding): string => {
  const retries = Math.max(0, started - planned);
  return `${String(started - retries)} of ${String(planned)}${retries === 0 ? '' : ` +${String(retries)} retries`}`;
};

const failedCount = ({ point }: LoadStanding): number => point.failed + point.failedAfterOpening;

/** The most frequent reason first: `refused 12, dropped 3`. */
const failuresByReason = ({ failures }: LoadStanding): string =>
  Object.entries(failures)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reason} ${String(count)}`)
    .join(', ');

const connectText = ({ connectTimeMs: { p50, p95 } }: LoadStanding): string | null =>
  p50 === null ? null : `p50 ${formatQuantity(p50, 'ms')} · p95 ${formatQuantity(p95, 'ms')}`;

const serverText = ({ server, serverCpuRatio }: LoadStanding): string =>
  joined([
    ...(server?.currentConnections == null ? [] : [`${String(server.currentConnections)} open`]),
    ...(serverCpuRatio === null ? [] : [`CPU ${(serverCpuRatio * 100).toFixed(0)} % of a core`]),
    ...(server?.memoryBytes == null ? [] : [formatQuantity(server.memoryBytes, 'bytes')]),
  ]);

/** Where a load stands, as lines of at most `width` columns that are redrawn in a terminal. */
export const loadLines = (load: LoadStanding, width: number, colors: Colors): readonly string[] => {
  const { label, planned, point } = load;
  const failed = failedCount(load);
  const server = serverText(load);
  const line = (title: string, text: string): readonly string[] =>
    wrap(`  ${title.padEnd(titleWidth)}${text}`, width, ' '.repeat(titleWidth + 2));
  const [heading = '', ...rest] = wrap(
    `${printableLine(label)}  ${bar(point.started, planned)} ${timeLeft(load)}`,
    width,
    '  ',
  );
  return [
    colors.bold(heading),
    ...rest,
    ...line('started', joined([startedText(load), ...perSecond(load.arrivalsPerSecond)])),
    ...line('open', `${String(point.open)}  ${sparkline(load.openOverTime)}`.trimEnd()),
    ...line('failed', failed === 0 ? '0' : `${String(failed)}: ${failuresByReason(load)}`).map((text) =>
      failed === 0 ? text : colors.red(text),
    ),
    ...line('connect', connectText(load) ?? 'no time yet'),
    ...line('messages', joined([String(point.messages), ...perSecond(load.messagesPerSecond)])),
    ...(server === '' ? [] : line('server', server)),
  ];
};

/** Where a load stands, as one line of a log. */
export const plainLoadLine = (load: LoadStanding): string => {
  const failed = failedCount(load);
  const server = serverText(load);
  const connect = connectText(load);
  const rate = perSecond(load.arrivalsPerSecond).map((text) => ` (${text})`);
  return [
    `  ${printableLine(load.label)}: ${startedText(load)} started${rate.join('')}`,
    `${String(load.point.open)} open`,
    failed === 0 ? '0 failed' : `${String(failed)} failed (${failuresByReason(load)})`,
    connect === null ? 'no connect time yet' : `connect ${connect}`,
    ...(server === '' ? [] : [`server ${server}`]),
    timeLeft(load),
  ].join(', ');
};

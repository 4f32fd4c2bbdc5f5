import type { RunRecord } from '../harness/record/run-record.ts';

const noData = 'n/a';

const seconds = (ms: number | null): string => (ms === null ? noData : `${(ms / 1_000).toFixed(3)}s`);

const successRate = (successful: number, attempted: number): string => {
  if (attempted === 0) return noData;
  const percent = ((successful / attempted) * 100).toFixed(1);
  // Rounding must not turn one failure in ten thousand into none.
  return successful < attempted && percent === '100.0' ? '99.9%' : `${percent}%`;
};

/** The guide's result block, to the letter; what was not measured reads `n/a`. */
export const guideBlock = ({ counts, metrics }: Pick<RunRecord, 'counts' | 'metrics'>): readonly string[] => {
  const samples = metrics.connectTime;
  const connectTime = samples?.kind === 'trend' && samples.count > 0 ? samples : null;
  const average = counts.successful === 0 ? noData : (counts.messagesReceived / counts.successful).toFixed(1);
  return [
    '=== WebSocket Test Results ===',
    `Total Connections: ${String(counts.attempted)}`,
    `Successful: ${String(counts.successful)}`,
    `Failed: ${String(counts.failed)}`,
    `Success Rate: ${successRate(counts.successful, counts.attempted)}`,
    '',
    'Connection Times (successful):',
    `  Average: ${seconds(connectTime?.mean ?? null)}`,
    `  Median: ${seconds(connectTime?.p50 ?? null)}`,
    `  Min: ${seconds(connectTime?.min ?? null)}`,
    `  Max: ${seconds(connectTime?.max ?? null)}`,
    '',
    'Messages Received:',
    `  Average: ${average}`,
    `  Total: ${String(counts.messagesReceived)}`,
  ];
};

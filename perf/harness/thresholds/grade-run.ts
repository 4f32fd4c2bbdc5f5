import type { FailureCount, RunCounts } from '../record/run-record.ts';
import { aggregate, type Summary } from '../metrics/samples.ts';
import * as metrics from '../metrics/catalogue.ts';
import { formatQuantity } from './format-quantity.ts';
import type { Grade, Indicator } from './grade.ts';

/** The guide's "Performance Benchmarks": good indicators and warning signs. Times in ms, ratios 0–1. */
export const guideBenchmarks = Object.freeze({
  goodMeanConnectTimeMs: 500,
  poorMeanConnectTimeMs: 1_000,
  goodSuccessRatio: 0.95,
  poorSuccessRatio: 0.9,
  goodStableConnections: 100,
  /** "Many timeout or connection refused errors": more than this share of the attempts. */
  poorTimeoutOrRefusedRatio: 0.05,
  /** "Rapidly increasing": of the server as a whole, while connections are merely held. */
  poorMemoryGrowthBytesPerSecond: 1_048_576,
});

/** What a run is graded by. */
export interface GradedRun {
  readonly metrics: Summary;
  readonly counts: RunCounts;
  readonly failures: readonly FailureCount[];
}

const isGradedBy = (isGood: boolean, isPoor: boolean): Indicator['grade'] =>
  isGood ? 'good' : isPoor ? 'poor' : 'warning';

const percent = (ratio: number): string => formatQuantity(ratio, 'ratio');

const connectionTime = ({ metrics: summary }: GradedRun): Indicator[] => {
  const meanMs = aggregate(summary, metrics.connectTime, 'mean');
  if (meanMs === null) return [];
  const { goodMeanConnectTimeMs, poorMeanConnectTimeMs } = guideBenchmarks;
  return [
    {
      name: 'Connection Time',
      text: `average ${(meanMs / 1_000).toFixed(3)} s (good < 0.5 s, warning sign > 1 s)`,
      grade: isGradedBy(meanMs < goodMeanConnectTimeMs, meanMs > poorMeanConnectTimeMs),
    },
  ];
};

const successRate = ({ metrics: summary }: GradedRun): Indicator[] => {
  const ratio = aggregate(summary, metrics.connectSuccess, 'ratio');
  if (ratio === null) return [];
  return [
    {
      name: 'Success Rate',
      text: `${percent(ratio)} (good > 95 %, warning sign < 90 %)`,
      grade: isGradedBy(ratio > guideBenchmarks.goodSuccessRatio, ratio < guideBenchmarks.poorSuccessRatio),
    },
  ];
};

const concurrentConnections = ({ metrics: summary }: GradedRun): Indicator[] => {
  const highest = aggregate(summary, metrics.capacity, 'value');
  if (highest === null) return [];
  return [
    {
      name: 'Concurrent Connections',
      text: `${String(highest)} stable connections (good > 100)`,
      grade: isGradedBy(highest > guideBenchmarks.goodStableConnections, false),
    },
  ];
};

const stableConnections = ({ metrics: summary }: GradedRun): Indicator[] => {
  const ratio = aggregate(summary, metrics.stableConnections, 'ratio');
  if (ratio === null) return [];
  return [
    {
      name: 'Stable Connections',
      text: `${percent(ratio)} stayed open through the hold (good > 95 %, warning sign < 90 %)`,
      grade: isGradedBy(ratio > guideBenchmarks.goodSuccessRatio, ratio < guideBenchmarks.poorSuccessRatio),
    },
  ];
};

const messageReception = ({ metrics: summary }: GradedRun): Indicator[] => {
  const ratio = aggregate(summary, metrics.initialMessages, 'ratio');
  if (ratio === null) return [];
  return [
    {
      name: 'Message Reception',
      text: `${percent(ratio)} of the connections received their initial messages (good: all)`,
      grade: isGradedBy(ratio === 1, false),
    },
  ];
};

const failureRate = ({ counts, failures }: GradedRun): Indicator[] => {
  if (counts.attempted === 0) return [];
  const many = failures
    .filter(({ reason }) => reason === 'handshake-timeout' || reason === 'refused')
    .reduce((total, { count }) => total + count, 0);
  const ratio = many / counts.attempted;
  return [
    {
      name: 'High Failure Rate',
      text: `${percent(ratio)} of the attempts timed out or were refused (warning sign > 5 %)`,
      grade: isGradedBy(ratio <= guideBenchmarks.poorTimeoutOrRefusedRatio, true),
    },
  ];
};

const memoryUsage = ({ metrics: summary }: GradedRun): Indicator[] => {
  const growth = aggregate(summary, metrics.serverMemoryGrowth, 'value');
  if (growth === null) return [];
  return [
    {
      name: 'Memory Usage',
      text: `server memory grew by ${(growth / 1_048_576).toFixed(2)} MiB/s during the hold (warning sign > 1 MiB/s)`,
      grade: isGradedBy(growth <= guideBenchmarks.poorMemoryGrowthBytesPerSecond, true),
    },
  ];
};

/** The grade that these indicators come to together. */
export const gradeBy = (indicators: readonly Indicator[]): Grade => {
  if (indicators.length === 0) return { word: 'not graded', indicators };
  if (indicators.some(({ grade }) => grade === 'poor')) return { word: 'poor', indicators };
  return { word: indicators.every(({ grade }) => grade === 'good') ? 'good' : 'warning', indicators };
};

/** Grades a run by those of the guide's benchmarks that apply to it: an indicator without data does not apply. */
export const gradeRun = (run: GradedRun): Grade =>
  gradeBy(
    [
      connectionTime,
      successRate,
      concurrentConnections,
      stableConnections,
      messageReception,
      failureRate,
      memoryUsage,
    ].flatMap((indicator) => indicator(run)),
  );

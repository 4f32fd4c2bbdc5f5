import { quantile } from 'simple-statistics';
import type { SideOfBlock } from './run-block.ts';

const bytesPerKibibyte = 1_024;

const quantileOf = (values: readonly number[], share: number): number | null =>
  values.length === 0 ? null : quantile([...values], share);

type Read = (side: SideOfBlock) => number | null;
type Samples = (side: SideOfBlock) => readonly number[];

const median = 0.5;
const slowestTwentieth = 0.95;
const slowestHundredth = 0.99;

const quantileBy =
  (values: Samples, share: number): Read =>
  (side) =>
    quantileOf(values(side), share);

const connect: Samples = ({ connectMs }) => connectMs;
const ping: Samples = ({ roundTripMs }) => roundTripMs;
const firstMessage: Samples = ({ firstMessageMs }) => firstMessageMs;

/** How a block's value of each metric is read, by the metric's name. */
const readers: Readonly<Record<string, Read>> = Object.freeze({
  connect: quantileBy(connect, median),
  'connect-p95': quantileBy(connect, slowestTwentieth),
  'connect-p99': quantileBy(connect, slowestHundredth),
  ping: quantileBy(ping, median),
  'ping-p95': quantileBy(ping, slowestTwentieth),
  'ping-p99': quantileBy(ping, slowestHundredth),
  'first-message': quantileBy(firstMessage, median),
  'server-cpu': ({ cpuMs, attempted }) => (cpuMs === null || attempted === 0 ? null : cpuMs / attempted),
  memory: ({ memoryBytesPerConnection }) =>
    memoryBytesPerConnection === null ? null : memoryBytesPerConnection / bytesPerKibibyte,
  throughput: ({ roundTripsPerSecond }) => roundTripsPerSecond,
});

/** What one side of a block says of a metric, in the metric's unit; null where it says nothing. */
export const valueOfBlock = (metric: string, side: SideOfBlock): number | null =>
  readers[metric]?.(side) ?? null;

/** The operations that a metric's quantiles are taken of, by the metric's name. */
const samples: Readonly<Record<string, Samples>> = Object.freeze({
  connect,
  'connect-p95': connect,
  'connect-p99': connect,
  ping,
  'ping-p95': ping,
  'ping-p99': ping,
  'first-message': firstMessage,
});

/** What one side's operations gave for a metric, one by one; null where a block gives a single value, as a cost does. */
export const samplesOfBlock = (metric: string, side: SideOfBlock): readonly number[] | null =>
  samples[metric]?.(side) ?? null;

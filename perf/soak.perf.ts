import {
  atLeast,
  atMost,
  below,
  connectSuccess,
  exponentialLife,
  expect,
  generatorDescriptorsLeft,
  generatorMemoryLeft,
  pingEvery,
  pingsAnswered,
  redisKeysLeft,
  redisMemoryGrowth,
  serverConnectionsLeft,
  serverDescriptorsLeft,
  serverMemoryGrowth,
  soak,
  stableConnections,
  test,
  type Run,
  type Threshold,
} from './scenario.ts';

const bytesPerKibibyte = 1_024;
const minutes = 5;
/** The last resort against a load that does not end; `--duration 24h` is within it. */
const longestMs = 25 * 3_600_000;

/**
 * A server that leaks nothing grows by 16 KiB/s at most, in bytes/s, and by 48 MiB in all: between two collections of garbage,
 * which may be minutes apart, memory rises and nothing is wrong. The longer the load, the less that hides.
 */
const mostGrowth = ({ startedAt, finishedAt, warmUp }: Run): number => {
  const judgedMs = finishedAt.getTime() - startedAt.getTime() - (warmUp?.untilMs ?? 0);
  return (16 + (48 * 1_024 * 1_000) / Math.max(1_000, judgedMs)) * bytesPerKibibyte;
};

/** Of a foreign server only what it tells can be judged, and not every server has a Redis. */
const told = (run: Run, ...thresholds: readonly Threshold[]): Threshold[] =>
  thresholds.filter(({ metric }) => {
    const samples = run.metrics[metric.name];
    return samples?.kind === 'gauge' && samples.value !== null;
  });

test(
  'clients that come and go, fifty a second, leave nothing behind: no memory, no descriptor, no count',
  { tags: ['slow', 'soak'], timeout: longestMs },
  async ({ load, target }) => {
    const via = target.features.marketDataFeed ? 'message' : 'frame';
    const run = await load(
      soak({
        connections: 100,
        durationSeconds: minutes * 60,
        life: exponentialLife({ meanSeconds: 2 }),
        whileOpen: pingEvery({ everySeconds: 1, via }),
      }),
      // Heaps and caches fill in the first minute and a half.
      { looksForLeaks: true, warmUpSeconds: 90, isGraded: false },
    );
    const isOwn = target.kind !== 'external';
    const ofServer = [
      below(serverMemoryGrowth, 'value', mostGrowth(run)),
      ...(isOwn && target.instances > 1 ? [] : [atMost(serverDescriptorsLeft, 'value', 2)]),
      atMost(serverConnectionsLeft, 'value', 0),
    ];
    expect(run).toMeet(
      atLeast(connectSuccess, 'ratio', 0.999),
      atLeast(stableConnections, 'ratio', 0.999),
      atLeast(pingsAnswered, 'ratio', 0.999),
      ...(isOwn ? ofServer : told(run, ...ofServer)),
      ...told(
        run,
        below(redisMemoryGrowth, 'value', 4 * bytesPerKibibyte),
        atMost(redisKeysLeft, 'value', 10),
        // What it measured is kept: some megabytes, and a kibibyte or two of each attempt.
        atMost(generatorMemoryLeft, 'value', (16_384 + 2 * run.counts.attempted) * bytesPerKibibyte),
        atMost(generatorDescriptorsLeft, 'value', 0),
      ),
    );
  },
);

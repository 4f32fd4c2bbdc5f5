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
const minutes = 3;
/** The last resort against a load that does not end; `--duration 24h` is within it. */
const longestMs = 25 * 3_600_000;

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
      below(serverMemoryGrowth, 'value', 64 * bytesPerKibibyte),
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
        // What it measured is kept: some megabytes, and some hundred bytes of each attempt.
        atMost(generatorMemoryLeft, 'value', (4_096 + run.counts.attempted) * bytesPerKibibyte),
        atMost(generatorDescriptorsLeft, 'value', 0),
      ),
    );
  },
);

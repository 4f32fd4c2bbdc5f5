import {
  atLeast,
  atMost,
  connectSuccess,
  expect,
  hold,
  pingEvery,
  pingsAnswered,
  quoteLatency,
  quotesLost,
  roundTripTime,
  serverMemoryRise,
  slowReadersClosed,
  slowReadersSettled,
  stableConnections,
  test,
  withSlowReaders,
  type Metric,
  type Run,
} from './scenario.ts';

const bytesPerMebibyte = 1_048_576;
const connections = 100;

// A feed of 1 MB/s to each client: the kernel's buffers of both sides, some megabytes, are full after seconds.
test.override({
  serverEnvironment: { QUOTE_BYTES: '32768', QUOTES_PER_SECOND: '30' },
  ownServer: 'preferred',
});

const p99Ms = (run: Run, metric: Metric<'trend'>): number => {
  const samples = run.metrics[metric.name];
  return samples?.kind === 'trend' ? (samples.p99 ?? 0) : 0;
};

/** What a time may become while others do not read: twice that of the calm load, or 20 ms more. */
const heldAgainst = (calm: Run, metric: Metric<'trend'>): number =>
  Math.max(2 * p99Ms(calm, metric), p99Ms(calm, metric) + 20);

test(
  'one of 100 clients stops reading for 25 s: the others are served as ever, server memory rises by 10 MiB at most, and the slow one is ended or catches up',
  { tags: ['slow', 'resilience'] },
  async ({ load, target }) => {
    const hasFeed = target.features.marketDataFeed;
    const whileOpen = pingEvery({ everySeconds: 0.2, via: hasFeed ? 'message' : 'frame' });
    const calm = await load(hold({ connections, holdSeconds: 5, whileOpen }), { isGraded: false });
    const run = await load(
      withSlowReaders(hold({ connections, holdSeconds: 36, whileOpen }), {
        oneIn: 100,
        stopAfterSeconds: 6,
        forSeconds: 25,
      }),
      { isGraded: false },
    );
    expect(run).toMeet(
      atLeast(connectSuccess, 'ratio', 1),
      atLeast(stableConnections, 'ratio', 1),
      atLeast(pingsAnswered, 'ratio', 1),
      atMost(roundTripTime, 'p99', heldAgainst(calm, roundTripTime)),
      atLeast(slowReadersSettled, 'ratio', 1),
    );
    if (hasFeed) {
      expect(run).toMeet(
        atMost(quotesLost, 'count', 0),
        atMost(quoteLatency, 'p99', heldAgainst(calm, quoteLatency)),
      );
    }
    // Another server sends what it sends, which may all fit into the kernel's buffers; and not every one tells its memory.
    const isOwn = target.kind !== 'external';
    if (isOwn) expect(run).toMeet(atLeast(slowReadersClosed, 'ratio', 1));
    // Nobody is left: neither the slow one nor any of the others.
    if (isOwn && run.validity.conclusive) {
      const { statisticsBefore, statisticsAfter } = run.server;
      expect(statisticsAfter?.current_connections).toBe(statisticsBefore?.current_connections);
    }
    const rise = run.metrics[serverMemoryRise.name];
    if (isOwn || (rise?.kind === 'gauge' && rise.value !== null))
      expect(run).toMeet(atMost(serverMemoryRise, 'value', 10 * bytesPerMebibyte));
  },
);

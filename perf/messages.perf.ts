import {
  atLeast,
  atMost,
  below,
  expect,
  initialMessages,
  listenToFeed,
  pingRoundTrips,
  pingsAnswered,
  quotesDuplicated,
  quotesLost,
  quotesReceived,
  quotesReordered,
  roundTripTime,
  test,
} from './scenario.ts';

test(
  'every connection receives its initial messages and each quote once, in order',
  { tags: ['quick'] },
  async ({ load, needs }) => {
    needs('marketDataFeed');
    const run = await load(listenToFeed({ connections: 50, holdSeconds: 3 }));
    expect(run).toMeet(
      atLeast(initialMessages, 'ratio', 1),
      atLeast(quotesReceived, 'count', 50),
      atMost(quotesLost, 'count', 0),
      atMost(quotesDuplicated, 'count', 0),
      atMost(quotesReordered, 'count', 0),
    );
  },
);

test(
  'pings are answered, the slowest twentieth within 100 ms',
  { tags: ['quick'] },
  async ({ load, needs }) => {
    needs('marketDataFeed');
    const run = await load(
      pingRoundTrips({ connections: 50, everySeconds: 0.2, holdSeconds: 3, via: 'message' }),
    );
    expect(run).toMeet(atLeast(pingsAnswered, 'ratio', 1), below(roundTripTime, 'p95', 100));
  },
);

import {
  atLeast,
  below,
  expect,
  fanOutSkew,
  listenToFeed,
  quoteLatency,
  quotesToEveryClient,
  stableConnections,
  test,
} from './scenario.ts';

test(
  'each quote reaches all of 200 clients, the last of them soon after the first',
  { tags: ['quick'] },
  async ({ load, needs }) => {
    needs('marketDataFeed');
    const run = await load(listenToFeed({ connections: 200, holdSeconds: 4 }));
    expect(run).toMeet(
      atLeast(stableConnections, 'ratio', 1),
      atLeast(quotesToEveryClient, 'ratio', 1),
      below(fanOutSkew, 'p95', 50),
      below(quoteLatency, 'p95', 100),
    );
  },
);

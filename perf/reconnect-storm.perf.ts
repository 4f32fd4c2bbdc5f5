import {
  atLeast,
  atMost,
  countDifferences,
  expect,
  listen,
  openWhenCut,
  reconnectStorm,
  recovered,
  serverUp,
  subscribeTo,
  test,
  triesUntilBack,
} from './scenario.ts';

test(
  '1,000 clients dropped at once are all back within 15 s, half of them in at most 3 tries, and the server is never down',
  { tags: ['slow', 'resilience'] },
  async ({ load, target }) => {
    // Nobody knows how another server tells that it is up.
    const asksHealth = target.features.marketDataFeed;
    const run = await load(
      reconnectStorm({
        connections: 1_000,
        delaySeconds: 0.005,
        cutAfterSeconds: 2,
        backoffBaseSeconds: 0.5,
        backoffCapSeconds: 5,
        withinSeconds: 15,
        holdSeconds: 1,
        // The whole feed to 1,000 clients would be a load of its own.
        whileOpen: target.features.marketDataFeed ? subscribeTo('AAPL') : listen(),
      }),
      { isGraded: false, asksHealth },
    );
    expect(run).toMeet(
      atLeast(openWhenCut, 'ratio', 1),
      atLeast(recovered, 'ratio', 1),
      atMost(triesUntilBack, 'p50', 3),
    );
    if (asksHealth) expect(run).toMeet(atLeast(serverUp, 'ratio', 1));
    // Of the clients, of the server's process and of its Redis.
    if (target.features.monitoring) expect(run).toMeet(atMost(countDifferences, 'count', 0));
  },
);

import {
  atLeast,
  atMost,
  awayTime,
  expect,
  msFromSeconds,
  quotesLost,
  quotesMissed,
  recovered,
  returning,
  serverUp,
  test,
} from './scenario.ts';

const connections = 100;

test.override({
  serverInstances: 2,
  serverEnvironment: { LOG_QUOTES: '1', DRAIN_MS: '1000', RECONNECT_SPREAD_MS: '1000' },
});

test(
  'two instances restarted in turn lose no quote of a client while it is connected, and each is away for at most 2 s',
  { tags: ['slow', 'resilience'] },
  async ({ load, instances, restartInTurn }) => {
    const loading = load(
      returning({ connections, delaySeconds: 0.01, durationSeconds: 14, withinSeconds: 10 }),
      {
        asksHealth: true,
        quoteLogs: instances.map(({ logFile }) => logFile),
        isGraded: false,
      },
    );
    const restarting = restartInTurn({ afterSeconds: 2, betweenSeconds: 1 });
    // Both are waited for, whichever fails: neither a load nor a restart is left behind.
    await Promise.allSettled([loading, restarting]);
    const [run, restartedAt] = [await loading, await restarting];
    expect(run).toMeet(
      atMost(quotesMissed, 'count', 0),
      atMost(quotesLost, 'count', 0),
      atMost(awayTime, 'p95', msFromSeconds(2)),
      atLeast(recovered, 'ratio', 1),
      atLeast(serverUp, 'ratio', 1),
    );
    // Where generator and servers have no core of their own, restarts take as long as they take.
    if (run.validity.conclusive) {
      expect(restartedAt.getTime(), 'the restarts took longer than the load').toBeLessThan(
        run.finishedAt.getTime(),
      );
      // Each instance had half of the clients, or more, when it was restarted.
      expect(run.counts.attempted).toBeGreaterThanOrEqual(2 * connections);
    }
  },
);

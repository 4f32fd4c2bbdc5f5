import {
  atLeast,
  atMost,
  below,
  connectSuccess,
  countDifferences,
  expect,
  hold,
  pingEvery,
  pingsAnswered,
  quotesLost,
  quotesReceived,
  refusalTime,
  roundTripTime,
  stableConnections,
  steps,
  test,
  type Run,
} from './scenario.ts';

const limitOfOne = 30;
const whileOpen = pingEvery({ everySeconds: 0.2, via: 'message' });

test.override({ serverEnvironment: { MAX_CONNECTIONS: String(limitOfOne) } });

const p99RoundTripMs = (run: Run): number => {
  const samples = run.metrics[roundTripTime.name];
  return samples?.kind === 'trend' ? (samples.p99 ?? 0) : 0;
};

/** From the end of one load to the first connection of another that came after it, ms; infinite when none came. */
const backAfterMs = (rush: Run, later: Run): number => {
  const openedAtMs = later.attempts.flatMap((attempt) =>
    attempt.outcome === 'opened' ? [later.startedAt.getTime() + attempt.openedAtMs] : [],
  );
  return Math.min(...openedAtMs) - rush.finishedAt.getTime();
};

test(
  'of three times as many clients as there is room for, those inside are served as ever, the others refused fast, and soon after there is room again',
  { tags: ['slow', 'resilience'] },
  async ({ load, needs, target }) => {
    needs('marketDataFeed', 'monitoring', 'signedTokens');
    const limit = limitOfOne * target.instances;
    const calm = await load(hold({ connections: limit, holdSeconds: 3, whileOpen }));
    // What those inside are compared with has to be a server that serves everybody.
    expect(calm).toMeet(
      atLeast(connectSuccess, 'ratio', 1),
      atLeast(stableConnections, 'ratio', 1),
      atLeast(pingsAnswered, 'ratio', 1),
    );
    const calmMs = p99RoundTripMs(calm);

    // The first step fills the server; the other two are the rush.
    const rush = await load(
      steps({ connectionsPerStep: limit, steps: 3, stepSeconds: 2, delaySeconds: 0.005, whileOpen }),
      { isGraded: false },
    );
    expect(rush).toMeet(
      atMost(connectSuccess, 'ratio', 1 / 3),
      atLeast(connectSuccess, 'ratio', 1 / 3),
      below(refusalTime, 'p50', 100),
      below(refusalTime, 'p99', 500),
      // Nobody inside is closed before the end.
      atLeast(stableConnections, 'ratio', 1),
      atLeast(pingsAnswered, 'ratio', 1),
      atMost(roundTripTime, 'p99', Math.max(2 * calmMs, calmMs + 20)),
      atLeast(quotesReceived, 'perConnection', 1),
      atMost(quotesLost, 'count', 0),
      // Of the clients, of the server's process and of its Redis.
      atMost(countDifferences, 'count', 0),
    );
    // What a generator in distress says of failures and times is no evidence against the server.
    if (rush.validity.conclusive) expect(rush.failures.map(({ reason }) => reason)).toEqual(['overloaded']);

    const later = await load(hold({ connections: 3, delaySeconds: 1, holdSeconds: 0.5 }), {
      isGraded: false,
    });
    expect(later).toMeet(atLeast(connectSuccess, 'ratio', 1));
    if (later.validity.conclusive) expect(backAfterMs(rush, later)).toBeLessThan(5_000);
  },
);

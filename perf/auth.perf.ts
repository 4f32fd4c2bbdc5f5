import {
  atLeast,
  atMost,
  below,
  connectSuccess,
  expect,
  ramp,
  refusalTime,
  test,
  unauthorizedRefusals,
} from './scenario.ts';

test(
  'bad tokens are refused fast and never connect',
  { tags: ['quick'] },
  async ({ load, needs, tokens }) => {
    needs('signedTokens');
    const bad = Object.values(tokens.bad());
    const run = await load(ramp({ connections: bad.length * 10, delaySeconds: 0.01, holdSeconds: 0 }), {
      tokens: bad,
      isGraded: false,
    });
    expect(run).toMeet(
      atMost(connectSuccess, 'ratio', 0),
      atLeast(unauthorizedRefusals, 'ratio', 1),
      below(refusalTime, 'p95', 250),
    );
  },
);

import { expect, test } from 'vitest';
import { burst } from './burst.ts';
import { conversation, expectMessage, repeat } from './conversation.ts';
import { longestDurationMs } from './longest-duration.ts';
import { constantArrivalRate, ramp } from './profile.ts';
import { rampingArrivalRate } from './ramping-arrival-rate.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { soak, uniformLife } from './soak.ts';
import { spike } from './spike.ts';
import { steps } from './steps.ts';
import { loadPlan } from './testing/load-plan.ts';

// Handshakes take at most 30 s, initial messages 0.2 s.
test.for([
  { profile: ramp({ connections: 3, delaySeconds: 1, holdSeconds: 5 }), seconds: 2 + 30 + 5 },
  { profile: ramp({ connections: 3, delaySeconds: 1, holdSeconds: 0 }), seconds: 2 + 30 + 0.2 },
  {
    profile: ramp({
      connections: 3,
      delaySeconds: 1,
      holdSeconds: 5,
      whileOpen: conversation(repeat(2, expectMessage('a', { withinSeconds: 7 })), expectMessage('b')),
    }),
    seconds: 2 + 30 + 5 + 7,
  },
  { profile: burst({ connections: 3, bursts: 4, everySeconds: 10, holdSeconds: 5 }), seconds: 30 + 30 + 5 },
  {
    profile: constantArrivalRate({ attemptsPerSecond: 1, durationSeconds: 10, holdSeconds: 5 }),
    seconds: 9 + 30 + 5,
  },
  {
    profile: rampingArrivalRate({
      startAttemptsPerSecond: 1,
      stages: [{ attemptsPerSecond: 1, durationSeconds: 10 }],
      holdSeconds: 5,
    }),
    seconds: 9 + 30 + 5,
  },
  { profile: steps({ connectionsPerStep: 1, steps: 3, stepSeconds: 60 }), seconds: 180 },
  { profile: steps({ connectionsPerStep: 1, steps: 3, stepSeconds: 1 }), seconds: 2 + 30 + 0.2 },
  {
    profile: spike({
      baseConnections: 1,
      spikeConnections: 1,
      beforeSeconds: 60,
      spikeSeconds: 60,
      afterSeconds: 60,
    }),
    seconds: 180,
  },
  {
    profile: soak({
      connections: 1,
      durationSeconds: 100,
      life: uniformLife({ minimumSeconds: 60, maximumSeconds: 60 }),
    }),
    seconds: 100,
  },
  {
    profile: reconnectStorm({ connections: 1, cutAfterSeconds: 20, withinSeconds: 40, holdSeconds: 5 }),
    seconds: 20 + 40 + 30 + 5,
  },
])('a $profile.arrivals.kind is over after at most $seconds s', ({ profile, seconds }) => {
  expect(longestDurationMs(loadPlan('ws://127.0.0.1:1', { profile }))).toBeCloseTo(seconds * 1_000, 6);
});

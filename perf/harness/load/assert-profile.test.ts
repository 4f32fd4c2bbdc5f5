import { expect, test } from 'vitest';
import { assertProfile } from './assert-profile.ts';
import { pingEvery, pingLoop, subscribeTo, type Behaviour } from './behaviour.ts';
import { burst } from './burst.ts';
import { conversation, expectMessage, pause, repeat, send } from './conversation.ts';
import { constantArrivalRate, ramp, type LoadProfile } from './profile.ts';
import { rampingArrivalRate } from './ramping-arrival-rate.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { exponentialLife, soak, uniformLife } from './soak.ts';
import { spike } from './spike.ts';
import { steps } from './steps.ts';
import { withSlowReaders } from './with-slow-readers.ts';

const life = exponentialLife({ meanSeconds: 1 });
const aSpike = {
  baseConnections: 1,
  spikeConnections: 1,
  beforeSeconds: 1,
  spikeSeconds: 1,
  afterSeconds: 1,
};
const oneStage = [{ attemptsPerSecond: 1, durationSeconds: 1 }];

const aHundred = ramp({ connections: 100, delaySeconds: 0 });
const slow = { stopAfterSeconds: 1, forSeconds: 2 };

test.for<readonly [LoadProfile, string]>([
  [withSlowReaders(aHundred, { ...slow, oneIn: 0 }), 'oneIn is 0, but takes a whole number, at least 1.'],
  [withSlowReaders(aHundred, { ...slow, oneIn: 101 }), 'one in 101 stops reading, which is nobody of 100'],
  [withSlowReaders(aHundred, { ...slow, stopAfterSeconds: -1 }), 'stopAfterSeconds is -1, but takes'],
  [withSlowReaders(aHundred, { ...slow, forSeconds: 0 }), 'forSeconds is 0, but takes'],
  [ramp({ connections: 1.5, delaySeconds: 0 }), 'connections is 1.5, but takes a whole number, at least 1.'],
  [
    ramp({ connections: 1, delaySeconds: -1 }),
    'delaySeconds is -1, but takes a number of seconds, 0 or more',
  ],
  [ramp({ connections: 1, delaySeconds: 0, holdSeconds: Number.NaN }), 'holdSeconds is NaN, but takes'],
  [ramp({ connections: 1, delaySeconds: 0, holdSeconds: 2_500_000 }), 'holdSeconds is 2500000, but takes'],
  [burst({ connections: 1, bursts: 2 }), 'everySeconds is 0, but takes a number of seconds, 0.001 or more'],
  [burst({ connections: 1, bursts: 0 }), 'bursts is 0, but takes a whole number, at least 1.'],
  [
    constantArrivalRate({ attemptsPerSecond: 0, durationSeconds: 1 }),
    'attemptsPerSecond is 0, but takes a number above 0.',
  ],
  [constantArrivalRate({ attemptsPerSecond: 0.5, durationSeconds: 1 }), 'it plans no attempt'],
  [constantArrivalRate({ attemptsPerSecond: 1e9, durationSeconds: 1 }), 'it plans about 1.0e+9 attempts'],
  [rampingArrivalRate({ stages: [] }), 'it plans no attempt'],
  [
    rampingArrivalRate({ startAttemptsPerSecond: -1, stages: oneStage }),
    'startAttemptsPerSecond is -1, but takes a number, 0 or more.',
  ],
  [
    rampingArrivalRate({ stages: [...oneStage, { attemptsPerSecond: 1, durationSeconds: -2 }] }),
    'durationSeconds of stage 2 is -2',
  ],
  [
    steps({ connectionsPerStep: 11, steps: 2, stepSeconds: 1, delaySeconds: 0.2 }),
    'take 2 s to start, longer than stepSeconds.',
  ],
  [steps({ connectionsPerStep: 1, steps: 0, stepSeconds: 1 }), 'steps is 0'],
  [spike({ ...aSpike, spikeConnections: 0 }), 'spikeConnections is 0'],
  [
    spike({ ...aSpike, baseConnections: 12, delaySeconds: 0.2 }),
    'take 2.2 s to start, longer than beforeSeconds.',
  ],
  [
    soak({ connections: 1, durationSeconds: 1, life: exponentialLife({ meanSeconds: 0 }) }),
    'meanSeconds is 0',
  ],
  [
    soak({ connections: 1, durationSeconds: 1, life: uniformLife({ minimumSeconds: 2, maximumSeconds: 1 }) }),
    'minimumSeconds is more than maximumSeconds.',
  ],
  [
    soak({ connections: 1, durationSeconds: 1, life: uniformLife({ minimumSeconds: 0, maximumSeconds: 0 }) }),
    'maximumSeconds is 0',
  ],
  [
    soak({ connections: 1, durationSeconds: 1, life, seed: 0.5 }),
    'seed is 0.5, but takes a whole number from 0 to 4294967295.',
  ],
  [
    soak({ connections: 100_000, durationSeconds: 1_000_000, life }),
    'attempts, but a load has at most 10000000.',
  ],
  [reconnectStorm({ connections: 1, cutAfterSeconds: 1, tries: 0 }), 'tries is 0'],
  [
    reconnectStorm({ connections: 1, cutAfterSeconds: 1, backoffBaseSeconds: -1 }),
    'backoffBaseSeconds is -1',
  ],
])('%j can not be driven: %s', ([profile, message]) => {
  expect(() => {
    assertProfile(profile);
  }).toThrow(message);
});

const doing = (whileOpen: Behaviour): LoadProfile => ramp({ connections: 1, delaySeconds: 0, whileOpen });

test.for<readonly [Behaviour, string]>([
  [
    pingEvery({ everySeconds: 0, via: 'frame' }),
    'everySeconds is 0, but takes a number of seconds, 0.001 or more',
  ],
  [pingLoop({ thinkSeconds: -1 }), 'thinkSeconds is -1'],
  [subscribeTo(), 'subscribeTo has no symbol'],
  [subscribeTo('A', ''), 'or an empty one'],
  [conversation(), 'the conversation has no steps'],
  [conversation(expectMessage('x', { withinSeconds: Number.NaN })), 'withinSeconds of step 1 is NaN'],
  [conversation(send('x'), pause(-1)), 'the pause of step 2 is -1'],
  [
    conversation(repeat(1.5, send('x'))),
    'the repetition of step 1 is 1.5, but takes a whole number, at least 1.',
  ],
  [conversation(repeat(2)), 'step 1 repeats nothing'],
  [conversation(repeat(2, send('x'), repeat(1, pause(Number.NaN)))), 'the pause of step 1.2.1 is NaN'],
  [
    conversation({ kind: 'expect', expectation: { kind: 'pattern', source: '(', flags: '' }, withinMs: 1 }),
    'step 1 expects a match of what is no regular expression',
  ],
])('%j can not be done: %s', ([behaviour, message]) => {
  expect(() => {
    assertProfile(doing(behaviour));
  }).toThrow(message);
});

test.for([
  pingLoop(),
  subscribeTo('A'),
  conversation(repeat(2, send({ a: [1, null] }), expectMessage(/a/iu, { withinSeconds: 0 }))),
])('what is right can be done, and travels as plain data: $kind', (behaviour) => {
  expect(() => {
    assertProfile(doing(JSON.parse(JSON.stringify(behaviour)) as Behaviour));
  }).not.toThrow();
});

test('everything that is wrong is said at once', () => {
  const profile = ramp({ connections: 0, delaySeconds: -1, holdSeconds: Number.POSITIVE_INFINITY });
  expect(() => {
    assertProfile(profile);
  }).toThrow(
    /\(ramp, listen\) can not be driven.*connections is 0.*delaySeconds is -1.*holdSeconds is Infinity/su,
  );
});

test.for([
  ramp({ connections: 1, delaySeconds: 0, holdSeconds: 0 }),
  burst({ connections: 1 }),
  constantArrivalRate({ attemptsPerSecond: 1, durationSeconds: 1 }),
  rampingArrivalRate({ stages: [{ attemptsPerSecond: 2, durationSeconds: 1 }] }),
  steps({ connectionsPerStep: 1, steps: 1, stepSeconds: 1 }),
  spike({ ...aSpike, baseConnections: 0 }),
  soak({ connections: 1, durationSeconds: 1, life }),
  reconnectStorm({ connections: 1, cutAfterSeconds: 0, backoffBaseSeconds: 0 }),
])('the smallest $arrivals.kind can be driven', (profile) => {
  expect(() => {
    assertProfile(profile);
  }).not.toThrow();
});

import { expect, test } from 'vitest';
import { constantArrivalRate, ramp } from './profile.ts';
import { rampingArrivalRate } from './ramping-arrival-rate.ts';
import { chooseAgents, describeOpenFileShortage, type AgentNeeds } from './choose-agents.ts';

const choose = (needs: Partial<AgentNeeds>): ReturnType<typeof chooseAgents> =>
  chooseAgents({
    asked: 'auto',
    attempts: needs.connectionsAtOnce ?? 100,
    connectionsAtOnce: 100,
    cores: 8,
    serverIsLocal: false,
    openFiles: 20_000,
    ...needs,
  });

test.each<[string, Partial<AgentNeeds>, number, RegExp]>([
  ['a small load', {}, 1, /one for each 5,000 attempts/u],
  ['a load just below two agents’ worth', { attempts: 9_999 }, 1, /one for each 5,000/u],
  ['a load of two agents’ worth', { attempts: 10_000 }, 2, /one for each 5,000/u],
  ['a large load on few cores', { attempts: 40_000, cores: 2 }, 2, /^auto: 2 cores$/u],
  ['a local server', { attempts: 40_000, cores: 2, serverIsLocal: true }, 1, /2 cores, less one for the/u],
  ['a local server on one core', { attempts: 40_000, cores: 1, serverIsLocal: true }, 1, /^auto: 1 core$/u],
  [
    'more connections than the files of the cores’ agents',
    { connectionsAtOnce: 50_000, cores: 2, serverIsLocal: true },
    3,
    /a process may have 20,000 open files/u,
  ],
  ['as many as one agent’s files', { connectionsAtOnce: 18_900, cores: 1 }, 1, /1 core/u],
  ['one more than one agent’s files', { connectionsAtOnce: 18_901, cores: 1 }, 2, /open files/u],
  [
    'no limit of files',
    { attempts: 1e6, connectionsAtOnce: 1e6, openFiles: Number.POSITIVE_INFINITY },
    8,
    /8/u,
  ],
  ['a number that is asked for', { asked: 5 }, 5, /as asked for/u],
  ['more agents than attempts', { asked: 5, attempts: 3 }, 3, /each needs an attempt/u],
])('%s: %o is driven by %i', (_title, needs, count, why) => {
  const choice = choose(needs);
  expect(choice.count).toBe(count);
  expect(choice.why).toMatch(why);
});

test.each([0, -1, 1.5, Number.NaN, 65])('%d agents are refused', (asked) => {
  expect(() => choose({ asked })).toThrow(expect.objectContaining({ code: 'PLAN_INVALID' }) as Error);
});

test('too few open files for the agents asked for: the message has the command, and the number that would do', () => {
  const needs = { asked: 2, connectionsAtOnce: 50_000, openFiles: 20_000 } as const;
  expect(describeOpenFileShortage(needs)).toBe(
    '50000 connections at once need 26422 open files in each of 2 agents, but a process may have 20000 here. ' +
      'Raise the limit with "ulimit -n 26422" in this shell (above the hard limit as root), ' +
      'use --agents 3 or --agents auto, or ask for at most 37800 connections.',
  );
  expect(() => choose(needs)).toThrow(expect.objectContaining({ code: 'LOCAL_LIMIT' }) as Error);
  expect(describeOpenFileShortage({ ...needs, asked: 3 })).toBeNull();
});

test.each([
  [
    constantArrivalRate({ attemptsPerSecond: 10_000, durationSeconds: 60 }),
    /at most 5000 attempts a second, or hold/u,
  ],
  [
    rampingArrivalRate({
      startAttemptsPerSecond: 1,
      stages: [{ attemptsPerSecond: 8_000, durationSeconds: 9 }],
    }),
    /rise to at most 4000 attempts a second, or hold/u,
  ],
  [ramp({ connections: 37_800, delaySeconds: 0 }), /or ask for at most 18900 connections\.$/u],
])('a remedy is in the words of the profile: %#', ({ arrivals }, remedy) => {
  const needs = { asked: 1, connectionsAtOnce: 37_800, openFiles: 20_000 } as const;
  expect(describeOpenFileShortage({ ...needs, arrivals })).toMatch(remedy);
});

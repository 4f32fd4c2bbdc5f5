import { expect, it } from 'vitest';
import { createLogger } from '../log.ts';
import { RedisStanding } from './redis-standing.ts';

const watched = () => {
  const lines: unknown[] = [];
  const logger = createLogger({
    level: 'info',
    instanceId: 'test',
    write: (line) => lines.push(JSON.parse(line)),
  });
  return { standing: new RedisStanding(logger), lines };
};

const full = new Error("OOM command not allowed when used memory > 'maxmemory'. script: abc");
const stillFull = new Error("OOM command not allowed when used memory > 'maxmemory'. script: def");

it('says once that Redis is away, and once that it is back, however many commands show it', () => {
  const { standing, lines } = watched();
  for (let count = 0; count < 3; count += 1) standing.away(new Error('ECONNREFUSED'));
  expect([standing.isAway, standing.lastError]).toEqual([true, 'ECONNREFUSED']);
  for (let count = 0; count < 3; count += 1) standing.answered('ping');
  expect(lines).toMatchObject([
    { msg: 'redis unavailable', reason: 'ECONNREFUSED' },
    { msg: 'redis available again' },
  ]);
});

it('says in its own words what a Redis refuses, once for each command, though others are carried out', () => {
  const { standing, lines } = watched();
  standing.refused('publish_quotes', full);
  standing.answered('ping');
  standing.refused('publish_quotes', stillFull);
  standing.refused('record_statistics', full);
  expect(standing.isAway).toBe(false);
  expect(standing.refusal).toBe(`publish_quotes was refused: ${stillFull.message}`);
  standing.answered('publish_quotes');
  standing.answered('record_statistics');
  expect(standing.refusal).toBeNull();
  expect(lines).toMatchObject([
    { msg: 'redis refuses a command', command: 'publish_quotes', reason: full.message },
    { msg: 'redis refuses a command', command: 'record_statistics' },
    { msg: 'redis accepts the command again', command: 'publish_quotes' },
    { msg: 'redis accepts the command again', command: 'record_statistics' },
  ]);
});

it('says it again when Redis refuses for another reason', () => {
  const { standing, lines } = watched();
  standing.refused('publish_quotes', full);
  standing.refused('publish_quotes', new Error("READONLY You can't write against a read only replica."));
  expect(lines).toHaveLength(2);
});

it('takes a Redis that refuses for one that is there', () => {
  const { standing, lines } = watched();
  standing.away(new Error('ECONNREFUSED'));
  standing.refused('publish_quotes', full);
  expect(standing.isAway).toBe(false);
  expect(lines).toMatchObject([
    { msg: 'redis unavailable' },
    { msg: 'redis available again' },
    { msg: 'redis refuses a command' },
  ]);
});

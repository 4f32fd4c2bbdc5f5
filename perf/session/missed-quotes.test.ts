import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { ramp, type LoadProfile } from '../harness/load/profile.ts';
import { returning } from '../harness/load/returning.ts';
import { subscribeTo } from '../harness/load/behaviour.ts';
import { missedQuotes } from './missed-quotes.ts';

const startedAtEpochMs = 1_000_000;
const stay: LoadProfile = returning({ connections: 1, durationSeconds: 1 });
const received = [
  {
    readyAtMs: 0,
    endedAtMs: 2_000,
    ranges: [{ series: '["AAPL","7"]', first: 1, highest: 2, missing: [], missingBefore: 0 }],
  },
];

const logOf = async (...sequences: readonly number[]): Promise<string> => {
  const file = join(await temporaryDirectory(), 'instance-1.log');
  const lines = sequences.map((sequence) =>
    JSON.stringify({ msg: 'published', quotes: [['AAPL', 7, sequence, startedAtEpochMs + sequence * 100]] }),
  );
  // The last line of one that was killed is not complete.
  await writeFile(file, `{"msg":"listening"}\n${lines.join('\n')}\n{"msg":"published","quotes":[["AAPL",7`);
  return file;
};

test('what the logs of several instances have and a client has not is missed', async () => {
  const logs = [await logOf(1, 2, 3), await logOf(4, 5)];
  const { metrics, notTaken } = await missedQuotes(logs, { received, startedAtEpochMs }, stay);
  expect(metrics).toEqual({ quotesMissed: { kind: 'counter', count: 3, connections: 1 } });
  expect(notTaken).toEqual({});
});

test.for([
  ['without quotes in the log', received, stay, 'the publisher’s log has no quote'],
  [
    'of another profile',
    undefined,
    ramp({ connections: 1, delaySeconds: 0 }),
    'by the load profile `returning` alone',
  ],
  [
    'of clients that subscribe',
    received,
    returning({ connections: 1, durationSeconds: 1, whileOpen: subscribeTo('AAPL') }),
    'not owed all that the publisher logged',
  ],
] as const)('of a load %s nothing is said, and why', async ([, ofLoad, profile, reason]) => {
  const logs = reason.includes('no quote') ? ['/nowhere'] : [await logOf(1, 2)];
  const load = { startedAtEpochMs, ...(ofLoad !== undefined && { received: ofLoad }) };
  const { metrics, notTaken } = await missedQuotes(logs, load, profile);
  expect(metrics).toEqual({});
  expect(notTaken['quotesMissed']).toContain(reason);
});

test('without logs it is not asked for', async () => {
  expect(await missedQuotes(undefined, { received, startedAtEpochMs }, stay)).toEqual({
    metrics: {},
    notTaken: {},
  });
});

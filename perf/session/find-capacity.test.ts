import { expect, test } from 'vitest';
import { judgeable } from '../harness/expect/run.ts';
import type { LoadProfile } from '../harness/load/profile.ts';
import { capacity, connectSuccess } from '../harness/metrics/catalogue.ts';
import { judge } from '../harness/thresholds/judge.ts';
import { above, atLeast } from '../harness/thresholds/threshold.ts';
import type { SessionSettings } from '../settings.ts';
import { HarnessError } from '../harness/harness-error.ts';
import { plannedAttempts } from '../harness/load/pacer.ts';
import { findCapacity } from './find-capacity.ts';
import type { MeasuredLoad } from './measure-load.ts';
import type { LoadOptions, Run, ScenarioSession } from './scenario-session.ts';

const success = atLeast(connectSuccess, 'ratio', 1);

/** A load of a server that refuses every connection, ended at the first of them where that was asked for. */
const refused = (options: LoadOptions): MeasuredLoad =>
  ({
    attempts: [],
    metrics: { [connectSuccess.name]: { kind: 'rate', hits: 0, total: 1 } },
    counts: { attempted: 1, successful: 0, failed: 1 },
    failures: [],
    validity: { conclusive: true, checks: [] },
    warmUp: null,
    interrupted: null,
    judgedBy: 'observed',
    ...(options.endWhenBroken === undefined
      ? { endedEarly: null, outlook: null }
      : {
          endedEarly: { atMs: 300, savedMs: 700, promise: 'success rate ≥ 100.0 %', reason: 'lost' },
          outlook: {
            mostAttempts: 10,
            soFar: { [connectSuccess.name]: { kind: 'rate', hits: 0, misses: 1, settled: 1 } },
          },
        }),
  }) as unknown as MeasuredLoad;

interface Asked {
  readonly load?: Partial<SessionSettings['load']>;
  readonly assertCarriable?: (profile: LoadProfile) => Promise<void>;
}

/** A search on a server that refuses everyone, and what each of its levels was asked. */
const search = async ({ load = {}, assertCarriable = () => Promise.resolve() }: Asked = {}) => {
  const asked: LoadOptions[] = [];
  const session = {
    context: {
      settings: {
        capacity: { startConnections: null, maximumConnections: null, stepConnections: null },
        load: {
          connections: null,
          delaySeconds: null,
          holdSeconds: null,
          durationSeconds: null,
          warmUpSeconds: null,
          appliesTo: [],
          ...load,
        },
      },
      scenario: { name: 'capacity' },
      signal: new AbortController().signal,
    },
    assertCarriable,
    measure: (_profile: LoadProfile, _label: string, options: LoadOptions) => {
      asked.push(options);
      return Promise.resolve(refused(options));
    },
    keep: (measured: MeasuredLoad) => Promise.resolve(judgeable(measured)),
  } as unknown as ScenarioSession;
  const run = findCapacity(session, {
    startConnections: 10,
    maximumConnections: 200,
    stepConnections: 10,
    delaySeconds: 0,
    holdSeconds: 0,
    promises: [success],
  });
  return { asked, run: await run.catch((error: unknown) => error as Error) };
};

test('a search whose every level was ended early has found a capacity of none, which is broken', async () => {
  const { asked, run } = await search();
  expect(asked[0]).toMatchObject({ endWhenBroken: [success] });
  expect(judge(above(capacity, 'value', 100), run as Run)).toMatchObject({ outcome: 'broken', observed: 0 });
});

test('that the last level is more than this machine can open is said before the first', async () => {
  const { asked, run } = await search({
    assertCarriable: ({ arrivals }) =>
      Promise.reject(new HarnessError('LOCAL_LIMIT', `No files for ${String(plannedAttempts(arrivals))}.`)),
  });
  expect(asked).toEqual([]);
  expect(run).toMatchObject({
    code: 'LOCAL_LIMIT',
    message: expect.stringMatching(/up to 200 connections .*--max-capacity.* No files for 200\.$/u) as string,
  });
});

test('--warm-up is that of each level', async () => {
  const { asked } = await search({ load: { warmUpSeconds: 0.5, appliesTo: ['capacity'] } });
  expect(asked[0]).toMatchObject({ warmUpSeconds: 0.5 });
});

test.each([
  [['capacity'], 0],
  [['load', 'capacity'], 1],
])('--connections for %j is refused where it would be for a search alone', async (appliesTo, levels) => {
  const { asked, run } = await search({ load: { connections: 7, appliesTo } });
  expect(Math.min(1, asked.length)).toBe(levels);
  expect(run instanceof Error && run.message.includes('--max-capacity')).toBe(levels === 0);
});

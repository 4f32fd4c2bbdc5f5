import { expect, test } from 'vitest';
import { judgeable } from '../harness/expect/run.ts';
import type { LoadProfile } from '../harness/load/profile.ts';
import { capacity, connectSuccess } from '../harness/metrics/catalogue.ts';
import { judge } from '../harness/thresholds/judge.ts';
import { above, atLeast } from '../harness/thresholds/threshold.ts';
import { findCapacity } from './find-capacity.ts';
import type { MeasuredLoad } from './measure-load.ts';
import type { LoadOptions, ScenarioSession } from './scenario-session.ts';

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

test('a search whose every level was ended early has found a capacity of none, which is broken', async () => {
  const asked: LoadOptions[] = [];
  const session = {
    context: {
      settings: {
        capacity: { startConnections: null, maximumConnections: null, stepConnections: null },
        load: { appliesTo: [] },
      },
      scenario: { name: 'capacity' },
      signal: new AbortController().signal,
    },
    measure: (_profile: LoadProfile, _label: string, options: LoadOptions) => {
      asked.push(options);
      return Promise.resolve(refused(options));
    },
    keep: (measured: MeasuredLoad) => Promise.resolve(judgeable(measured)),
  } as unknown as ScenarioSession;
  const run = await findCapacity(session, {
    startConnections: 10,
    maximumConnections: 200,
    stepConnections: 10,
    delaySeconds: 0,
    holdSeconds: 0,
    promises: [success],
  });
  expect(asked[0]).toMatchObject({ endWhenBroken: [success] });
  expect(judge(above(capacity, 'value', 100), run)).toMatchObject({ outcome: 'broken', observed: 0 });
});

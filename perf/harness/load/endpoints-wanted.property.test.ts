import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { burst } from './burst.ts';
import { endpointsWanted, latestEndMs } from './endpoints-wanted.ts';
import { dueAtMs, plannedAttempts } from './pacer.ts';
import { constantArrivalRate, ramp, type LoadProfile } from './profile.ts';
import { exponentialLife, soak, uniformLife } from './soak.ts';
import { spike } from './spike.ts';
import { steps } from './steps.ts';
import { loadPlan } from './testing/load-plan.ts';

const connections = fc.integer({ min: 1, max: 40 });
const seconds = fc.double({ min: 0.01, max: 5, noNaN: true });
const meanSeconds = fc.double({ min: 0.5, max: 20, noNaN: true });

const profile: fc.Arbitrary<LoadProfile> = fc.oneof(
  fc
    .record({ connections, meanSeconds, seed: fc.nat() })
    .map((of) => soak({ ...of, durationSeconds: 120, life: exponentialLife(of) })),
  fc.record({ connections, minimumSeconds: seconds, seed: fc.nat() }).map((of) =>
    soak({
      ...of,
      durationSeconds: 60,
      life: uniformLife({ ...of, maximumSeconds: of.minimumSeconds + 30 }),
    }),
  ),
  fc
    .record({ attemptsPerSecond: fc.integer({ min: 1, max: 20 }), holdSeconds: seconds })
    .map((of) => constantArrivalRate({ ...of, durationSeconds: 120 })),
  fc
    .record({ connections, bursts: fc.integer({ min: 1, max: 6 }), holdSeconds: seconds })
    .map((of) => burst({ ...of, everySeconds: 7 })),
  connections.map((count) => ramp({ connections: count, delaySeconds: 3 })),
  connections.map((count) =>
    steps({ connectionsPerStep: count, steps: 3, stepSeconds: 20, delaySeconds: 0 }),
  ),
  connections.map((count) =>
    spike({
      baseConnections: 5,
      spikeConnections: count,
      beforeSeconds: 20,
      spikeSeconds: 20,
      afterSeconds: 20,
    }),
  ),
);

test('no two connections that can be open together have the same endpoint', () => {
  fc.assert(
    fc.property(profile, fc.integer({ min: 1, max: 30_000 }), (generated, handshakeTimeoutMs) => {
      const base = loadPlan('ws://127.0.0.1:9', { profile: generated });
      const plan = { ...base, settings: { ...base.settings, handshakeTimeoutMs } };
      const wanted = endpointsWanted(plan);
      const lastOf = new Map<number, number>();
      for (let index = 0; index < plannedAttempts(generated.arrivals); index += 1) {
        const before = lastOf.get(index % wanted);
        if (before !== undefined)
          expect(latestEndMs(plan, before)).toBeLessThan(dueAtMs(generated.arrivals, index));
        lastOf.set(index % wanted, index);
      }
    }),
  );
});

test('a churn takes far fewer endpoints than it has connections', () => {
  const churn = soak({
    connections: 200,
    durationSeconds: 3_600,
    life: exponentialLife({ meanSeconds: 20 }),
  });
  expect(endpointsWanted(loadPlan('ws://127.0.0.1:9', { profile: churn }))).toBeLessThan(
    plannedAttempts(churn.arrivals) / 5,
  );
});

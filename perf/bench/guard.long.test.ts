import { expect, test } from 'vitest';
import { guardLine, judgeGuard, type GuardSitting } from './judge-guard.ts';
import type { Starvation } from './starving/starve.ts';

// The calibration of the validity guard: what it says against what is true, N sittings for each way of starving, in turns.

const sizes = [200, 1_000, 5_000] as const;
const calmSittings = 10;
const starvedSittings = 4;
/** At least so many of the calm ones must be conclusive. */
const conclusiveOfCalm = 9;
/** A sitting with more than this going on beside it, or taken by the host, is not calm and is sat again, cores. */
const neighboursLimit = 0.1;
const mostAttempts = 30;

/** A probe's own few samples decide in a sitting or two on the margin of the allowed error; more is a hole in the guard. */
const untrueAllowed = 1;

const print = (sitting: GuardSitting): void => {
  console.log(guardLine(sitting));
};

test.for<number>(sizes)(
  'on a calm machine at least 9 of 10 openings of %i connections are conclusive, and what is conclusive is true',
  { timeout: 900_000 },
  async (connections, context) => {
    const calm: GuardSitting[] = [];
    for (let tried = 0; tried < mostAttempts && calm.length < calmSittings; tried += 1) {
      const sitting = await judgeGuard('nothing', connections);
      print(sitting);
      if ((sitting.neighbours ?? 0) <= neighboursLimit) calm.push(sitting);
    }
    if (calm.length < calmSittings) {
      context.skip(
        `Only ${String(calm.length)} of ${String(mostAttempts)} sittings were calm: this machine is busy.`,
      );
    }
    const conclusive = calm.filter((sitting) => sitting.conclusive);
    expect(conclusive.length).toBeGreaterThanOrEqual(conclusiveOfCalm);
    expect(conclusive.filter(({ isTrue }) => !isTrue).length).toBeLessThanOrEqual(untrueAllowed);
  },
);

test('starved in whatever way, no opening is called conclusive whose numbers are untrue', async () => {
  const ways: readonly Starvation[] = ['busy-neighbours', 'one-core', 'blocked-loop', 'garbage'];
  const sittings: GuardSitting[] = [];
  for (let round = 0; round < starvedSittings; round += 1) {
    for (const way of ways) {
      for (const connections of sizes) {
        const sitting = await judgeGuard(way, connections);
        print(sitting);
        sittings.push(sitting);
      }
    }
  }
  const untrue = sittings.filter(({ isTrue }) => !isTrue);
  console.log(
    `${String(sittings.length)} starved sittings: ${String(untrue.length)} untrue, ` +
      `${String(untrue.filter(({ conclusive }) => conclusive).length)} of them conclusive`,
  );
  expect(untrue.length).toBeGreaterThan(0);
  expect(untrue.filter(({ conclusive }) => conclusive).length).toBeLessThanOrEqual(untrueAllowed);
  // What takes several blocks to open is untrue by construction: the guard fires each time.
  const blocked = sittings.filter(
    ({ starvation, connections }) => starvation === 'blocked-loop' && connections > sizes[0],
  );
  expect(blocked.filter(({ conclusive }) => conclusive)).toEqual([]);
}, 1_800_000);

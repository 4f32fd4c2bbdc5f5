import { expect, test } from 'vitest';
import { guardLine, judgeGuard, type GuardSitting } from './judge-guard.ts';

const mostSittings = 3;
/** From here on the machine is not calm, cores. */
const neighboursLimit = 0.3;

test('a generator whose event loop is blocked on purpose says that its numbers can not be true', async () => {
  // So many take several blocks to open: fewer may all be dialled and answered between two of them.
  const sitting = await judgeGuard('blocked-loop', 1_000);
  expect(sitting.conclusive, guardLine(sitting)).toBe(false);
  expect(sitting.failedChecks.map(({ name }) => name)).toContain(
    'answers’ wait in the generator during the opening, mean',
  );
}, 60_000);

test('a generator that nothing holds up trusts its numbers, and they are true', async (context) => {
  const sittings: GuardSitting[] = [];
  do {
    sittings.push(await judgeGuard('nothing', 200));
  } while (!(sittings.at(-1)?.conclusive ?? false) && sittings.length < mostSittings);
  const lines = sittings.map(guardLine).join('\n');
  const isBusy = sittings.every(({ neighbours }) => (neighbours ?? 0) > neighboursLimit);
  if (isBusy && !sittings.some(({ conclusive }) => conclusive))
    context.skip(`The machine is busy:\n${lines}`);
  expect(sittings.at(-1)?.conclusive, lines).toBe(true);
  expect(sittings.at(-1)?.isTrue, lines).toBe(true);
}, 120_000);

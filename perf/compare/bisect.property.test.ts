import { assert, asyncProperty, boolean, constant, infiniteStream, integer, record } from 'fast-check';
import { expect, it } from 'vitest';
import { bisect, type StepVerdict } from './bisect.ts';

const commitsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `c${String(index)}`);
const positionOf = (commit: string): number => Number(commit.slice(1));

const history = integer({ min: 1, max: 200 }).chain((count) =>
  record({ count: constant(count), culprit: integer({ min: 0, max: count - 1 }) }),
);

it('finds the commit from which on all are worse, in as many steps as halving takes', async () => {
  await assert(
    asyncProperty(history, async ({ count, culprit }) => {
      const result = await bisect(commitsOf(count), (commit) =>
        Promise.resolve(positionOf(commit) >= culprit ? 'fail' : 'pass'),
      );
      expect(result).toMatchObject({ outcome: 'found', culprit: `c${String(culprit)}` });
      expect(result.steps.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)) + 2);
    }),
  );
});

it('never leaves the culprit out, and never judges a commit twice, whichever comparisons are unclear', async () => {
  await assert(
    asyncProperty(history, infiniteStream(boolean()), async ({ count, culprit }, unclear) => {
      const result = await bisect(commitsOf(count), (commit): Promise<StepVerdict> => {
        const isLast = positionOf(commit) === count - 1;
        if (!isLast && unclear.next().value) return Promise.resolve('inconclusive');
        return Promise.resolve(positionOf(commit) >= culprit ? 'fail' : 'pass');
      });
      const named =
        result.outcome === 'found'
          ? [result.culprit]
          : result.outcome === 'narrowed'
            ? result.candidates
            : [];
      expect(named).toContain(`c${String(culprit)}`);
      expect(new Set(result.steps.map(({ commit }) => commit)).size).toBe(result.steps.length);
    }),
  );
});

it.each(['pass', 'inconclusive'] as const)('ends at once when the bad commit gives %s', async (verdict) => {
  const result = await bisect(commitsOf(9), () => Promise.resolve(verdict));
  expect(result).toEqual({ outcome: 'not-worse', verdict, steps: [{ commit: 'c8', verdict }] });
});

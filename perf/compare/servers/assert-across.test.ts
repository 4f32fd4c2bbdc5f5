import { expect, it } from 'vitest';
import { makeRepository } from '../testing/make-repository.ts';
import { assertAcross } from './assert-across.ts';

it('a change lies between base and head, or the comparison says nothing of it', async () => {
  const { root, commit } = await makeRepository();
  const before = await commit({ file: '1' });
  const change = await commit({ file: '2' });
  const after = await commit({ file: '3' });
  const across = (base: string, head: string | null): Promise<void> =>
    assertAcross(root, change, { base: { commit: base }, head: { commit: head } });
  await expect(across(before, after)).resolves.toBeUndefined();
  await expect(across(before, change)).resolves.toBeUndefined();
  for (const [base, head] of [
    [change, after],
    [before, before],
    [before, null],
  ] as const)
    await expect(across(base, head)).rejects.toMatchObject({ code: 'OTHER_COMPARISON' });
});

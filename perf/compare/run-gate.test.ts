import { expect, it } from 'vitest';
import { plainContestant } from './testing/plain-contestant.ts';
import { shortGate } from './testing/short-gate.ts';

it('a server on which nothing succeeds is an error that names it and its reasons', async () => {
  await expect(
    shortGate(
      {
        base: await plainContestant('base'),
        head: await plainContestant('the new one', { LETS_IN: '1' }),
      },
      ['connect'],
    ),
  ).rejects.toThrow(/None of \d+ operations on head \(the new one\) succeeded: \d+ unauthorized\./u);
});

import { array, assert, constantFrom, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { corpus } from './corpus.ts';
import { fuzzServer } from './fuzz-server.ts';
import { makeRandom } from './make-random.ts';
import { mutate } from './mutate.ts';

// FUZZ_SEED=… repeats what failed.
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

it(`2,000 mutated inputs neither end the server nor make it fail (FUZZ_SEED=${seed})`, async () => {
  expect(await fuzzServer({ count: 2_000, seed })).toMatchObject({
    sent: 2_000,
    bad: [],
    errors: [],
    leftOpen: 0,
  });
});

it('the same seed gives the same mutations, of bytes alone', () => {
  const inputs = corpus.map(({ input }) => input);
  assert(
    property(
      integer(),
      array(constantFrom(...inputs), { minLength: 2, maxLength: 2 }),
      (number, [text = '', other = '']) => {
        const mutated = mutate(text, other, makeRandom(number));
        expect(mutate(text, other, makeRandom(number))).toBe(mutated);
        expect(Buffer.from(mutated, 'latin1').toString('latin1')).toBe(mutated);
      },
    ),
  );
});

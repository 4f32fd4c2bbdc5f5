import { expect, it } from 'vitest';
import { fuzzServer } from './fuzz-server.ts';

const bytesPerMebibyte = 1_048_576;
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

it(`100,000 mutated inputs do not end the server, and its memory comes back to its base (FUZZ_SEED=${seed})`, async () => {
  const result = await fuzzServer({ count: 100_000, seed });
  expect(result).toMatchObject({ sent: 100_000, bad: [], errors: [], leftOpen: 0 });
  expect(result.endBytes - result.baseBytes).toBeLessThan(24 * bytesPerMebibyte);
});

import { expect, test } from 'vitest';
import { readHeadroom } from './headroom.ts';
import { openFileLimit } from './open-file-limit.ts';

test('each connection takes one of the open files, beside those of the process itself', async () => {
  const limit = await openFileLimit();
  const [none, many] = [await readHeadroom(0), await readHeadroom(1_000)];
  expect(none.openFilesRatio).toBeGreaterThanOrEqual(0);
  expect(none.openFilesRatio).toBeLessThan(1);
  // A few files of the test runner come and go meanwhile.
  expect(
    (many.openFilesRatio - none.openFilesRatio) * (Number.isFinite(limit) ? limit / 1_000 : 1),
  ).toBeCloseTo(Number.isFinite(limit) ? 1 : 0, 1);
});

test.runIf(process.platform === 'linux')('the local ports are those of the system’s range', async () => {
  expect((await readHeadroom(0)).localPorts).toBeGreaterThan(1_000);
});

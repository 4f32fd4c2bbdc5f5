import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startEpochClock } from './epoch-clock.ts';

test('the epoch clock agrees with the wall clock, to less than its millisecond, and goes on between its ticks', () => {
  const clock = startEpochClock();
  const seen = Array.from({ length: 2_000 }, () => {
    const earliestMs = Date.now();
    const atMs = clock.now();
    return { atMs, earliestMs, latestMs: Date.now() + 1 };
  });
  // A tenth of a millisecond for what a busy machine may cost the anchor.
  for (const { atMs, earliestMs, latestMs } of seen) {
    expect(atMs).toBeGreaterThan(earliestMs - 0.1);
    expect(atMs).toBeLessThan(latestMs + 0.1);
  }
  expect(new Set(seen.map(({ atMs }) => atMs)).size).toBeGreaterThan(1_000);
});

const readings = 5;

/** Where the epoch lies on the monotonic clock, which all processes of a machine share; the largest reading was not interrupted. */
const epochOnMonotonicMs = (): number =>
  Math.max(
    ...Array.from(
      { length: readings },
      () => startEpochClock().now() - Number(process.hrtime.bigint()) / 1e6,
    ),
  );

test('two processes of one machine read the same time', () => {
  const file = fileURLToPath(new URL('epoch-clock.ts', import.meta.url));
  const script =
    `import { startEpochClock } from ${JSON.stringify(file)};` +
    `const read = () => startEpochClock().now() - Number(process.hrtime.bigint()) / 1e6;` +
    `console.log(Math.max(...Array.from({ length: ${String(readings)} }, read)));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(Math.abs(Number(output) - epochOnMonotonicMs())).toBeLessThan(0.5);
});

test('a wall clock that is not stepped has not drifted', () => {
  expect(Math.abs(startEpochClock().driftMs())).toBeLessThan(0.5);
});

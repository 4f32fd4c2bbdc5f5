import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { runSelfCheck, runTrack } from './run-tracking.ts';

interface Ended {
  readonly exitCode: number;
  /** Each line on standard error. */
  readonly problems: readonly string[];
}

/** What a command says that is refused before it measures. */
const refused = async (run: () => Promise<number>): Promise<Ended> => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const exitCode = await run();
    return { exitCode, problems: written.mock.calls.map(([text]) => String(text)) };
  } finally {
    written.mockRestore();
  }
};

test('everything that is wrong with what was typed is said at once, and none of it as a commit that is unknown', async () => {
  const root = await temporaryDirectory();
  const tracking = await refused(() => runTrack({ target: 'moon' }, {}, root));
  const line = '--target is "moon", but must be one of auto, containers, process, external.\n';
  expect(tracking).toEqual({ exitCode: 2, problems: [`ws-perf-gate: ${line}`] });
  const checking = await refused(() => runSelfCheck({ target: 'moon', gates: '0' }, {}, root));
  expect(checking.exitCode).toBe(2);
  expect(checking.problems).toHaveLength(2);
  expect(checking.problems[0]).toContain('--gates is "0"');
  expect(checking.problems[1]).toContain(line);
});

import type { Comparison } from '../../compare/comparison-record.ts';
import { historyDirectory } from '../../tracking/history/local-records.ts';
import { pullHistory } from '../../tracking/history/pull-history.ts';
import { exitCodes } from '../exit-code.ts';
import type { Environment } from '../read-target.ts';
import type { MeasureCommits } from './measure-commits.ts';
import type { HistorySettings } from './read-history-settings.ts';
import { describeTrust, readGateTrust } from './read-gate-trust.ts';
import { runPush } from './store-actions.ts';

/** What a night of gates of a server against itself needs. */
export interface SelfCheckOptions {
  readonly root: string;
  readonly environment: Environment;
  readonly settings: HistorySettings;
  readonly gates: number;
  readonly measure: MeasureCommits;
  readonly say: (lines: readonly string[]) => void;
}

/**
 * Runs the gate on what is checked out against itself, again and again, shares the records, and says whether the gate is to be
 * believed: exit code 1 while it is disarmed.
 */
export const selfCheck = async (options: SelfCheckOptions): Promise<number> => {
  const { root, environment, settings, gates, measure, say } = options;
  await pullHistory(settings.history, historyDirectory(root));
  const verdicts: Comparison['verdict'][] = [];
  try {
    for (let gate = 1; gate <= gates; gate += 1) {
      say(['', `gate ${String(gate)} of ${String(gates)}, of HEAD against itself`]);
      const { verdict } = await measure({ base: 'HEAD', gate: [], forChange: null });
      verdicts.push(verdict);
    }
  } finally {
    // What was measured counts, even where the next gate could not be.
    if (verdicts.length > 0) await runPush(settings, root);
  }
  const trust = await readGateTrust(root, environment);
  say(['', `Verdicts: ${verdicts.join(', ')}`, describeTrust(trust)]);
  return trust.state === 'armed' ? exitCodes.met : exitCodes.broken;
};

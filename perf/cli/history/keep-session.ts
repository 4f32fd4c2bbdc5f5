import { judgedRecords } from '../../reports/judged-records.ts';
import type { SessionResult } from '../../reports/session-result.ts';
import { keepHistoryRecord } from '../../tracking/history/keep-history-record.ts';
import { historyDirectory } from '../../tracking/history/local-records.ts';
import { makeScenariosRecord } from '../../tracking/history/make-scenarios-record.ts';
import { readCheckout } from '../../tracking/history/read-checkout.ts';
import { readSurroundings } from '../../tracking/history/read-surroundings.ts';
import type { RunPlan } from '../read-plan.ts';
import type { Environment } from '../read-target.ts';

/** What became of a session's record in the history; a session that measured nothing whole leaves none. */
export type KeptSession =
  | { readonly outcome: 'kept'; readonly path: string }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'failed'; readonly reason: string };

/**
 * Writes a session's record into `.perf/history`, where the project is a git work tree with a commit. It never throws:
 * the history is beside the point of the run.
 */
export const keepSession = async (
  session: SessionResult,
  { root, settings }: Pick<RunPlan, 'root' | 'settings'>,
  environment: Environment,
): Promise<KeptSession> => {
  try {
    const runs = session.scenarios.flatMap(({ records }) => judgedRecords(records));
    const machine = runs[0]?.machine;
    if (machine === undefined || session.interrupted) return { outcome: 'none' };
    const checkout = await readCheckout(root);
    if (checkout === null) return { outcome: 'none' };
    const { image, redisImage, instances, nginxImage, serverEnvironment } = settings.target;
    const measured = {
      sessionId: session.sessionId,
      startedAt: session.startedAt,
      finishedAt: session.finishedAt,
      packageVersion: machine.packageVersion,
      runs,
      targetFacts: { image, redisImage, ...(instances > 1 && { nginxImage }), serverEnvironment },
    };
    const surroundings = await readSurroundings(machine, environment, root);
    const record = makeScenariosRecord(measured, checkout, surroundings);
    return { outcome: 'kept', path: keepHistoryRecord(historyDirectory(root), record) };
  } catch (error) {
    return { outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
};

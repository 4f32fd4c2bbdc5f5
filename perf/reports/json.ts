import { firstProblem } from '../harness/record/parse-versioned.ts';
import { finalSentence } from './final-sentence.ts';
import { sessionReportSchema, sessionReportVersion, type SessionReport } from './session-report.ts';
import type { SessionResult } from './session-result.ts';

/**
 * The whole session with every run's record, for programs.
 * @throws Error when it is not what its schema says, which is a fault of this product.
 */
export const jsonReport = (session: SessionResult, exitCode: number): string => {
  const report: SessionReport = {
    schema: 'ws-perf-gate/session',
    version: sessionReportVersion,
    sessionId: session.sessionId,
    startedAt: session.startedAt,
    finishedAt: session.finishedAt,
    startUpMs: session.startUpMs,
    exitCode,
    summary: finalSentence(session),
    interrupted: session.interrupted,
    target: session.target,
    faults: session.faults,
    scenarios: session.scenarios.map(({ records, ...scenario }) => ({ ...scenario, runs: records })),
  };
  const { error } = sessionReportSchema.safeParse(report);
  if (error !== undefined) {
    throw new Error(`it is not what its layout says (${firstProblem(error)}): please report this line`);
  }
  return `${JSON.stringify(report, null, 2)}\n`;
};

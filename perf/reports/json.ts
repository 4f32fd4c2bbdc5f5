import type { RunRecord } from '../harness/record/run-record.ts';
import { finalSentence } from './final-sentence.ts';
import type { Redact } from '../harness/record/redact.ts';
import type { ScenarioResult, SessionResult, SessionTarget } from './session-result.ts';

/** Version of the JSON report's layout; from the first release on it grows with every change a reader could notice. */
export const sessionReportVersion = 1;

/** What `--json FILE` holds. */
export interface SessionReport {
  readonly schema: 'ws-perf-gate/session';
  readonly version: typeof sessionReportVersion;
  readonly sessionId: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** From the start of the command's process to the first dial of its first load, ms; null when none was dialled. */
  readonly startUpMs: number | null;
  /** What the process ended with. */
  readonly exitCode: number;
  readonly summary: string;
  readonly interrupted: boolean;
  readonly target: SessionTarget | null;
  readonly faults: readonly string[];
  readonly scenarios: readonly (Omit<ScenarioResult, 'records'> & { readonly runs: readonly RunRecord[] })[];
}

/** The whole session with every run's record, for programs. */
export const jsonReport = (session: SessionResult, exitCode: number, redact: Redact): string => {
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
  // Text by text, so that a secret of digits does not break a number.
  const redactTexts = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? redact(value) : value;
  return `${JSON.stringify(report, redactTexts, 2)}\n`;
};

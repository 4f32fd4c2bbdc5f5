import picocolors from 'picocolors';
import { closingColumns, closingRow } from './closing-table.ts';
import { githubSummary } from './github-summary.ts';
import { junitReport } from './junit.ts';
import { reportWidth } from './run-section.ts';
import { scenarioBlocks } from './scenario-blocks.ts';
import { scenarioSection } from './scenario-section.ts';
import type { ScenarioResult, SessionResult } from './session-result.ts';
import { table } from './table.ts';
import { textReport } from './text.ts';

/** What there is to render: sessions, and scenarios of which only records of their runs are known. */
export interface ReportContent {
  readonly sessions: readonly SessionResult[];
  readonly scenarios: readonly ScenarioResult[];
}

/** Scenarios without a session: each as its run printed it, and the closing table. */
const sections = (scenarios: readonly ScenarioResult[]): readonly string[] => {
  if (scenarios.length === 0) return [];
  const plain = picocolors.createColors(false);
  const closing = table(closingColumns, scenarios.map(closingRow), reportWidth);
  return [...scenarios.map((scenario) => scenarioSection(scenario, plain)), closing].map(
    (lines) => `${lines.join('\n')}\n`,
  );
};

/** How each format that is a text is rendered, by the name that `--format` gives it. */
export const renderers = {
  text: ({ sessions, scenarios }) => [...sessions.map(textReport), ...sections(scenarios)].join('\n'),
  junit: ({ sessions, scenarios }) =>
    junitReport(
      [...sessions.flatMap((session) => session.scenarios), ...scenarios],
      sessions.flatMap(({ faults }) => faults),
    ),
  markdown: ({ sessions, scenarios }) =>
    [
      ...sessions.map((session) => githubSummary(session, Number.POSITIVE_INFINITY)),
      ...scenarioBlocks(scenarios),
    ].join('\n'),
} as const satisfies Readonly<Record<string, (content: ReportContent) => string>>;

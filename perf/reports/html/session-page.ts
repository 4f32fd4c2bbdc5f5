import type { RunRecord } from '../../harness/record/run-record.ts';
import { closingColumns, closingRow } from '../closing-table.ts';
import { finalSentence } from '../final-sentence.ts';
import { judgedRecords } from '../judged-records.ts';
import { otherFailures } from '../other-failures.ts';
import { printable } from '../printable.ts';
import type { ScenarioResult, SessionResult } from '../session-result.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import { htmlPage } from './html-page.ts';
import { htmlTable } from './html-table.ts';
import { markup, type Markup } from './markup.ts';
import { outcomeSign } from './run-promises.ts';

/** Where the page of a run lies, from the session's own page. */
export type RunPageUrl = (record: RunRecord) => string;

const standing: Readonly<Record<ScenarioResult['outcome'], RunRecord['outcome']>> = {
  met: 'met',
  broken: 'broken',
  failed: 'broken',
  'not-measured': 'broken',
  inconclusive: 'inconclusive',
  stopped: 'inconclusive',
  skipped: 'unjudged',
};

/** How the session as a whole is shown: as the worst of its scenarios. */
const worst = ({ scenarios, faults }: SessionResult): RunRecord['outcome'] => {
  if (faults.length > 0) return 'broken';
  const outcomes = new Set(scenarios.map(({ outcome }) => standing[outcome]));
  return (['broken', 'inconclusive', 'met'] as const).find((one) => outcomes.has(one)) ?? 'unjudged';
};

const scenarioSection = (scenario: ScenarioResult, urlOf: RunPageUrl): Markup => {
  const { name, title, reason, errors } = scenario;
  const failures = errors.map(({ message }) => printable(message));
  const runs = judgedRecords(scenario.records).map(
    (record) =>
      markup`<li>${outcomeSign(record.outcome)} <a href="${urlOf(record)}">${verdictSentence(record)}</a></li>`,
  );
  return markup`<section><h2>${name}: ${title}</h2>
${reason === null ? null : markup`<p>${reason}</p>`}
${runs.length === 0 ? null : markup`<ul>${runs}</ul>`}
${(runs.length === 0 ? failures : otherFailures(scenario)).map((message) => markup`<p class="remark">${message}</p>`)}
</section>`;
};

/** All scenarios of a session as a page, with a link to the page of each judged run. */
export const renderSessionPage = (session: SessionResult, urlOf: RunPageUrl): string => {
  const sentence = finalSentence(session);
  const outcome = worst(session);
  const body = markup`<div class="verdict ${outcome}"><strong>${outcomeSign(outcome)} ${sentence}</strong></div>
<h1>WebSocket performance report</h1>
<p class="soft">${session.target?.label ?? 'no target came up'}, ${session.startedAt.slice(0, 16).replace('T', ' ')} UTC</p>
${session.faults.map((fault) => markup`<p class="remark">${fault}</p>`)}
${htmlTable('Scenarios', closingColumns, session.scenarios.map(closingRow))}
${session.scenarios.map((scenario) => scenarioSection(scenario, urlOf))}`;
  return htmlPage({ title: sentence, body, charts: [] });
};

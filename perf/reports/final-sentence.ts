import type { ScenarioOutcome, SessionResult } from './session-result.ts';

const outcomeWords: readonly (readonly [ScenarioOutcome, string])[] = [
  ['broken', 'broke a promise'],
  ['failed', 'failed'],
  ['not-measured', 'could not be measured'],
  ['inconclusive', 'inconclusive'],
  ['skipped', 'skipped'],
  ['stopped', 'stopped'],
];

const scenarios = (count: number): string => `${String(count)} scenario${count === 1 ? '' : 's'}`;

/** The session in one sentence: `1 of 8 scenarios broke a promise (stress); 1 skipped (auth).` */
export const finalSentence = (session: SessionResult): string => {
  const { scenarios: results, interrupted } = session;
  const total = results.length;
  const start = interrupted ? 'Stopped: partial results. ' : '';
  if (total === 0) return `${start}No scenario ran, so nothing was measured.`;
  const named = outcomeWords.flatMap(([outcome, words]) => {
    const names = results.filter((result) => result.outcome === outcome).map(({ name }) => name);
    return names.length === 0 ? [] : [`${String(names.length)} ${words} (${[...new Set(names)].join(', ')})`];
  });
  const met = results.filter(({ outcome }) => outcome === 'met').length;
  const kept =
    met === total ? `All promises held in ${scenarios(total)}` : `${String(met)} of ${scenarios(total)} held`;
  const nothing = results.every(({ outcome }) => outcome === 'skipped') ? ' Nothing was measured.' : '';
  return `${start}${[kept, ...named].join('; ')}.${nothing}`;
};

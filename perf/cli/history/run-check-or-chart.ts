import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { checkLines } from '../../reports/history/check-lines.ts';
import type { HistoryFilter } from '../../reports/history/history-rows.ts';
import { historyPage } from '../../reports/history/history-page.ts';
import type { AssessedSeries } from '../../tracking/history/assess-series.ts';
import { commitUrlOf, type CommitUrl } from '../../tracking/history/commit-url.ts';
import type { HistoryRecord } from '../../tracking/history/history-record.ts';
import type { HistoryBranch } from '../../tracking/history/history-branch.ts';
import { exitCodes } from '../exit-code.ts';
import { printProblems } from '../print-problems.ts';
import { assessHistory } from './assess-history.ts';
import type { HistoryOptions } from './history-options.ts';
import { openHistory, readLocalHistory } from './open-history.ts';
import { print } from './print.ts';
import { readFilter } from './read-filter.ts';

/** Version of what `check --json` prints; it grows with every change a reader could notice. */
const checkVersion = 1;

/** An alert is a regression; everything short of a judged series without a candidate is no answer, and neutral. */
const judge = (
  assessed: readonly AssessedSeries[],
  isStrict: boolean,
): { readonly exitCode: number; readonly sentence: string } => {
  const judged = assessed.filter(({ series }) => series.scale === 'log-ratio');
  const states = new Set(judged.map(({ finding }) => finding.state));
  const noAnswer = isStrict ? exitCodes.inconclusive : exitCodes.met;
  if (states.has('alert'))
    return { exitCode: exitCodes.broken, sentence: 'A slowdown is confirmed: see ALERT above.' };
  if (states.has('candidate'))
    return {
      exitCode: noAnswer,
      sentence: 'A slowdown is suspected and not confirmed: see CANDIDATE above.',
    };
  if (states.has('unclear'))
    return {
      exitCode: noAnswer,
      sentence: 'A slowdown is suspected, and comparing could not tell: see UNCLEAR above.',
    };
  if (judged.length === 0)
    return {
      exitCode: noAnswer,
      sentence: 'Nothing can be judged: no commit has been compared with the reference yet.',
    };
  if (states.has('collecting'))
    return { exitCode: noAnswer, sentence: 'Collecting: not every series has the 18 commits that it needs.' };
  return {
    exitCode: exitCodes.met,
    sentence: 'No step for the worse was found that is clear enough to tell.',
  };
};

const jsonOf = (assessed: readonly AssessedSeries[], exitCode: number): string =>
  JSON.stringify(
    {
      schema: 'ws-perf-gate/history-check',
      version: checkVersion,
      exitCode,
      series: assessed.map(({ series: { points, key: _key, quantity: _quantity, ...series }, finding }) =>
        Object.assign(series, { commits: points.length, finding }),
      ),
    },
    null,
    2,
  );

const check = (records: readonly HistoryRecord[], filter: HistoryFilter, options: HistoryOptions): number => {
  const assessed = assessHistory(records, filter);
  const { exitCode, sentence } = judge(assessed, options.strict === true);
  if (options.json === true) process.stdout.write(`${jsonOf(assessed, exitCode)}\n`);
  else print([...checkLines(assessed), sentence]);
  return exitCode;
};

/** Where the page lies unless told otherwise; its folder is ours to make. */
const ownPage = join('.perf', 'history', 'index.html');

const writePage = async (
  { root, output }: { readonly root: string; readonly output: string | undefined },
  assessed: readonly AssessedSeries[],
  commitUrl: CommitUrl | null,
): Promise<number> => {
  const file = resolve(root, output ?? ownPage);
  const page = historyPage(assessed, { commitUrl, madeAt: new Date() });
  try {
    if (output === undefined) await mkdir(dirname(file), { recursive: true });
    await writeFile(file, page);
  } catch (error) {
    return printProblems([
      `${file} could not be written: ${error instanceof Error ? error.message : String(error)}. Name another file with --output.`,
    ]);
  }
  print([`Written: ${file}`]);
  return exitCodes.met;
};

/**
 * Looks for steps for the worse in the current series, writes the page of charts, or does both, as it was asked; the exit
 * code is that of the check where there is one.
 */
export const runCheckOrChart = async (
  action: 'check' | 'chart' | 'overview',
  root: string,
  options: HistoryOptions,
  history: HistoryBranch,
): Promise<number> => {
  const problems: string[] = [];
  const filter = readFilter(options, problems);
  const commitUrl =
    action === 'check' ? null : await commitUrlOf(history, options.commitUrl ?? null, problems);
  if (problems.length > 0) return printProblems(problems);
  // A page that says that there is nothing yet is a page: a branch begins with it.
  const records = action === 'chart' ? await readLocalHistory(root) : await openHistory(root);
  if (records === null) return exitCodes.notMeasured;
  const checked = action === 'chart' ? exitCodes.met : check(records, filter, options);
  if (action === 'check') return checked;
  const place = { root, output: options.output };
  const written = await writePage(place, assessHistory(records, filter), commitUrl);
  return checked === exitCodes.met ? written : checked;
};

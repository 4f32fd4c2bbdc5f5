import { relative } from 'node:path';
import { table } from '../reports/table.ts';
import { printProblems } from './print-problems.ts';
import { exitCodes } from './exit-code.ts';
import { scenarioFiles } from './scenario-files.ts';

/** Prints every scenario with its promise and its file. */
export const listScenarios = async (root: string): Promise<number> => {
  const scenarios = await scenarioFiles(root);
  if (scenarios.length === 0) {
    return printProblems([
      'There is no scenario here: no file matches **/*.perf.ts. Write one, or start in its repository.',
    ]);
  }
  const rows = scenarios.flatMap(({ name, file, titles }) =>
    (titles.length === 0 ? [''] : titles).map((title) => [name, title, relative(root, file)]),
  );
  const lines = table(
    [
      { title: 'Scenario', align: 'left' },
      { title: 'promise', align: 'left', maximumWidth: 60 },
      { title: 'file', align: 'left' },
    ],
    rows,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCodes.met;
};

import { relative } from 'node:path';
import type { TestModule } from 'vitest/node';
import { scenarioName } from '../harness/record/scenario-name.ts';
import { compareScenarioNames } from '../reports/scenario-order.ts';
import { table } from '../reports/table.ts';
import { exitCodes } from './exit-code.ts';
import { openVitest } from './open-vitest.ts';
import { printProblems } from './print-problems.ts';
import type { RunPlan } from './read-plan.ts';

/** Has Vitest read the scenarios without running them: those that the tags leave out are marked `skip`. */
const readScenarios = async (plan: RunPlan): Promise<readonly TestModule[]> => {
  const vitest = await openVitest(plan, {});
  try {
    const files = await vitest.globTestSpecifications(plan.scenarios.map(({ file }) => file));
    const modules = await vitest.parseSpecifications(files);
    return modules.toSorted((a, b) =>
      compareScenarioNames(scenarioName(a.moduleId), scenarioName(b.moduleId)),
    );
  } finally {
    await vitest.close();
  }
};

const rowsOf = ({ moduleId, children }: TestModule, { root, tags }: RunPlan): readonly string[][] =>
  [...children.allTests()]
    .filter(({ options }) => tags.length === 0 || options.mode !== 'skip')
    .map((one) => [scenarioName(moduleId), one.fullName, one.tags.join(', '), relative(root, moduleId)]);

/** Prints each scenario that the same command would run, with its promise, tags and file. */
export const listScenarios = async (plan: RunPlan): Promise<number> => {
  let modules: readonly TestModule[];
  try {
    modules = await readScenarios(plan);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return printProblems([`The scenarios can not be listed: ${reason.replaceAll(/\s*\n\s*/gu, ' ')}`]);
  }
  const broken = modules.flatMap((module) =>
    module.errors().map(({ message }) => `${relative(plan.root, module.moduleId)}: ${message}`),
  );
  if (broken.length > 0) return printProblems(broken);
  const rows = modules.flatMap((module) => rowsOf(module, plan));
  if (rows.length === 0) {
    return printProblems([`No scenario has these tags: ${plan.tags.join(', ')}. See --list without --tags.`]);
  }
  const lines = table(
    [
      { title: 'Scenario', align: 'left' },
      { title: 'promise', align: 'left', maximumWidth: 60 },
      { title: 'tags', align: 'left' },
      { title: 'file', align: 'left' },
    ],
    rows,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCodes.met;
};

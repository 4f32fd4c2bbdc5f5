import { relative } from 'node:path';
import type { TestModule } from 'vitest/node';
import { scenarioName } from '../harness/record/scenario-name.ts';
import { table } from '../reports/table.ts';
import { exitCodes } from './exit-code.ts';
import { leaveOut, leftOutLine } from './leave-out.ts';
import { openVitest } from './open-vitest.ts';
import { printProblems } from './print-problems.ts';
import type { RunPlan } from './read-plan.ts';
import { readScenarios, taggedScenario } from './read-scenarios.ts';

const readAll = async (plan: RunPlan): Promise<readonly TestModule[]> => {
  const vitest = await openVitest(plan, {});
  try {
    return await readScenarios(vitest, plan);
  } finally {
    await vitest.close();
  }
};

const rowsOf = ({ moduleId, children }: TestModule, { root, tags }: RunPlan): readonly string[][] =>
  [...children.allTests()]
    .filter(({ options }) => tags.length === 0 || options.mode !== 'skip')
    .map((one) => [scenarioName(moduleId), one.fullName, one.tags.join(', '), relative(root, moduleId)]);

/** Prints each scenario that the same command would run, with its promise, tags and file; then what it would leave out. */
export const listScenarios = async (plan: RunPlan): Promise<number> => {
  let modules: readonly TestModule[];
  try {
    modules = await readAll(plan);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return printProblems([`The scenarios can not be listed: ${reason.replaceAll(/\s*\n\s*/gu, ' ')}`]);
  }
  const broken = modules.flatMap((module) =>
    module.errors().map(({ message }) => `${relative(plan.root, module.moduleId)}: ${message}`),
  );
  if (broken.length > 0) return printProblems(broken);
  const leavingOut = leaveOut(modules.map(taggedScenario), plan.leavesOut);
  const rows = modules
    .filter(({ moduleId }) => leavingOut.kept.includes(moduleId))
    .flatMap((module) => rowsOf(module, plan));
  const leftOut = leftOutLine(leavingOut);
  if (rows.length === 0 && leftOut === null) {
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
  process.stdout.write(`${[...lines, ...(leftOut === null ? [] : ['', leftOut])].join('\n')}\n`);
  return exitCodes.met;
};

import type { TestModule, Vitest } from 'vitest/node';
import { scenarioName } from '../harness/record/scenario-name.ts';
import { compareScenarioNames } from '../reports/scenario-order.ts';
import type { TaggedScenario } from './leave-out.ts';
import type { RunPlan } from './read-plan.ts';

/** Has Vitest read a plan's scenarios without running them, in the order of running: those that the tags leave out are marked `skip`. */
export const readScenarios = async (
  vitest: Vitest,
  { scenarios }: Pick<RunPlan, 'scenarios'>,
): Promise<readonly TestModule[]> => {
  const files = await vitest.globTestSpecifications(scenarios.map(({ file }) => file));
  const modules = await vitest.parseSpecifications(files);
  return modules.toSorted((a, b) => compareScenarioNames(scenarioName(a.moduleId), scenarioName(b.moduleId)));
};

/** What decides whether a scenario is left out. */
export const taggedScenario = ({ moduleId, children }: TestModule): TaggedScenario => ({
  file: moduleId,
  testTags: [...children.allTests()].map(({ tags }) => tags),
});

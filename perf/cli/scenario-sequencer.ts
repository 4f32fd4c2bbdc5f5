import type { TestSpecification } from 'vitest/node';
import { scenarioName } from '../harness/record/scenario-name.ts';
import { compareScenarioNames } from '../reports/scenario-order.ts';

/** Runs scenarios in a fixed order, whatever earlier runs left in Vitest's cache. */
export class ScenarioSequencer {
  /** Scenarios are never sharded: they would share a machine, and their numbers would be noise. */
  shard(specifications: TestSpecification[]): TestSpecification[] {
    return specifications;
  }

  sort(specifications: TestSpecification[]): TestSpecification[] {
    return specifications.toSorted((a, b) =>
      compareScenarioNames(scenarioName(a.moduleId), scenarioName(b.moduleId)),
    );
  }
}

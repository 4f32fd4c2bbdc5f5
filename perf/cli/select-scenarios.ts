import { onDemandTags } from '../config.ts';
import type { RunOptions } from './run-options.ts';
import type { ScenarioFile } from './scenario-files.ts';

const searchesCapacity = ({ startCapacity, maxCapacity, capacityStep }: RunOptions): boolean =>
  [startCapacity, maxCapacity, capacityStep].some((text) => text !== undefined);

const namesToRun = (
  options: RunOptions,
  named: readonly string[],
  hasUrl: boolean,
): readonly string[] | null => {
  if (named.length > 0) return options.capacityTest === true ? [...named, 'capacity'] : named;
  if (options.capacityTest === true) return ['capacity'];
  if (options.tags !== undefined) return null;
  return hasUrl ? ['basic'] : null;
};

/** What of a repository is to run. */
export interface Selection {
  readonly scenarios: readonly ScenarioFile[];
  /** Of those, scenarios with one of these tags are left out. Their tags are known when Vitest has read the files. */
  readonly leavesOut: readonly string[];
}

/**
 * The scenarios to run: those named, `capacity` with `--capacity-test`, `basic` for a bare `--url`, else all but those that
 * run on demand. A repository without a scenario of the implied name runs what it has.
 */
export const selectScenarios = (
  options: RunOptions,
  given: {
    readonly named: readonly string[];
    readonly known: readonly ScenarioFile[];
    readonly hasUrl: boolean;
  },
  problems: string[],
): Selection => {
  const { named, known, hasUrl } = given;
  const knownNames = new Set(known.map(({ name }) => name));
  const list = [...knownNames].join(', ');
  if (known.length === 0) {
    problems.push(
      'There is no scenario here: no file matches **/*.perf.ts. Write one, or start in its repository.',
    );
    return { scenarios: [], leavesOut: [] };
  }
  const unknown = [...new Set(named)].filter((name) => !knownNames.has(name));
  for (const name of unknown) problems.push(`There is no scenario "${name}". Known: ${list}.`);
  if (options.capacityTest === true && !knownNames.has('capacity')) {
    problems.push(`--capacity-test runs the scenario capacity, but there is none here. Known: ${list}.`);
  }
  const wanted = namesToRun(options, named, hasUrl);
  const takesAll = wanted === null || (named.length === 0 && wanted.every((name) => !knownNames.has(name)));
  const names = takesAll ? knownNames : new Set(wanted);
  if (options.connections !== undefined && names.size === 1 && names.has('capacity')) {
    problems.push(
      '--connections is not for the search of the capacity. Use --start-capacity and --max-capacity.',
    );
  }
  if (searchesCapacity(options) && unknown.length === 0 && !names.has('capacity')) {
    problems.push(
      '--start-capacity, --max-capacity and --capacity-step are for the search. Add --capacity-test.',
    );
  }
  return {
    scenarios: known.filter(({ name }) => names.has(name)),
    leavesOut: takesAll && options.tags === undefined ? onDemandTags : [],
  };
};

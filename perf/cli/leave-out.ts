import { scenarioName } from '../harness/record/scenario-name.ts';

/** A scenario's file with the tags of each of its tests. */
export interface TaggedScenario {
  /** Absolute. */
  readonly file: string;
  readonly testTags: readonly (readonly string[])[];
}

/** What runs, and what does not because nobody asked for it. */
export interface LeavingOut {
  /** Files of the scenarios that run. */
  readonly kept: readonly string[];
  /** By tag, the names of the scenarios that are left out for it. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
}

/** The tag for which a scenario is left out; undefined where it runs. */
const tagAgainst = ({ testTags }: TaggedScenario, tags: readonly string[]): string | undefined => {
  const ofTests = testTags.map((ofTest) => tags.find((tag) => ofTest.includes(tag)));
  return ofTests.includes(undefined) ? undefined : ofTests[0];
};

/** Leaves out the scenarios all of whose tests have one of these tags; a file in which no test was found stays. */
export const leaveOut = (scenarios: readonly TaggedScenario[], tags: readonly string[]): LeavingOut => {
  const kept: string[] = [];
  const leftOut = new Map<string, string[]>();
  for (const scenario of scenarios) {
    const tag = tagAgainst(scenario, tags);
    if (tag === undefined) kept.push(scenario.file);
    else leftOut.set(tag, [...(leftOut.get(tag) ?? []), scenarioName(scenario.file)]);
  }
  return { kept, leftOut };
};

/** What was left out, and how it is run, in one line; null where nothing was. */
export const leftOutLine = ({ leftOut }: LeavingOut): string | null =>
  leftOut.size === 0
    ? null
    : `Left out, unless asked for: ${[...leftOut].map(([tag, names]) => `${names.join(', ')} (--tags ${tag})`).join('; ')}.`;

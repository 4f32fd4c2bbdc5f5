import { glob } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { scenarioPattern } from '../config.ts';
import { scenarioName } from '../harness/record/scenario-name.ts';
import { compareScenarioNames } from '../reports/scenario-order.ts';

/** A scenario as it lies on the disk. */
export interface ScenarioFile {
  /** `basic`. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
}

const passedOver = new Set(['node_modules', 'dist', '.perf', '.git']);

/** Every scenario below `root`, in the order of running. */
export const scenarioFiles = async (root: string): Promise<readonly ScenarioFile[]> => {
  const found: ScenarioFile[] = [];
  for await (const path of glob(scenarioPattern, {
    cwd: resolve(root),
    exclude: (candidate) => passedOver.has(candidate.split(/[/\\]/u).at(-1) ?? ''),
  })) {
    const file = join(resolve(root), path);
    found.push({ name: scenarioName(file), file });
  }
  return found.toSorted((a, b) => compareScenarioNames(a.name, b.name) || a.file.localeCompare(b.file, 'en'));
};

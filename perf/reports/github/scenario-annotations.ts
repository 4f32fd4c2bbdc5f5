import { posix } from 'node:path';
import { printable } from '../printable.ts';
import { outcomeMark } from '../scenario-section.ts';
import type { ScenarioResult } from '../session-result.ts';
import { annotation, type AnnotationLevel } from './annotation.ts';

/** GitHub shows so many annotations of a step and of a level; what comes after them is dropped without a word. */
const mostAnnotations = 10;
/** Of one annotation, characters: GitHub cuts longer ones without a word. */
const longestMessage = 4_000;

const levelOf = ({ outcome }: ScenarioResult): AnnotationLevel =>
  outcome === 'inconclusive' ? 'warning' : 'error';

const linesOf = (scenario: ScenarioResult, folder: string): readonly string[] =>
  scenario.errors.map(({ message, line }) => {
    const title = `${outcomeMark[scenario.outcome]} ${scenario.name}: ${scenario.title}`;
    const text = printable(message);
    const shown = text.length > longestMessage ? `${text.slice(0, longestMessage).toWellFormed()}…` : text;
    return annotation(levelOf(scenario), title, shown, { file: posix.join(folder, scenario.file), line });
  });

/**
 * What made scenarios fail, as lines that GitHub shows at the assertions that failed. `folder`: the project's, relative
 * to the repository, with `/`. Of each level as many as GitHub shows; the last then says how many are left out.
 */
export const scenarioAnnotations = (
  scenarios: readonly ScenarioResult[],
  folder: string,
): readonly string[] =>
  (['error', 'warning'] as const).flatMap((level) => {
    const lines = scenarios
      .filter((scenario) => levelOf(scenario) === level)
      .flatMap((scenario) => linesOf(scenario, folder));
    if (lines.length <= mostAnnotations) return lines;
    const shown = lines.slice(0, mostAnnotations - 1);
    const rest = String(lines.length - shown.length);
    return shown.concat(
      annotation(level, 'More scenarios', `${rest} more are in the log and in the summary.`),
    );
  });

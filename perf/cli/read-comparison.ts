import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { CompareRequest, Opponents } from '../compare/compare-request.ts';
import type { Comparison } from '../compare/comparison-record.ts';
import { gitOrNull } from '../compare/servers/git.ts';
import { perSide } from '../compare/side.ts';
import { newSessionId } from '../session/default-settings.ts';
import type { CompareOptions } from './compare-options.ts';
import { readConfirmed, readGated } from './read-confirmed.ts';
import { readCount } from './read-number.ts';
import { readOpponents } from './read-opponents.ts';
import { readOutputFile } from './read-output-file.ts';
import { readServerEnvironment, type StartedAs } from './read-server-environment.ts';
import { readTarget, type Environment } from './read-target.ts';

/** Everything one `compare` needs: checked, resolved, with nothing left open. */
export interface ComparePlan {
  readonly root: string;
  readonly sessionId: string;
  readonly logDirectory: string;
  readonly request: CompareRequest;
  readonly isStrict: boolean;
  /** A failure counts when a second comparison confirms it: exit code 0 until then. */
  readonly isFirstOfTwo: boolean;
  /** A failure does not count while the history says that the gate can not be trusted. */
  readonly yieldsToSelfChecks: boolean;
  /** The first commit after a step of the history that this comparison is to confirm, whole. */
  readonly confirmsChange: string | null;
  readonly wantsColors: boolean;
  /** The failed comparison that this one is to confirm. */
  readonly confirms: Comparison | null;
  /** `GOOD..BAD`: find the commit instead of comparing once; null: not asked for. */
  readonly bisects: string | null;
  /** Absolute path; null: not asked for. */
  readonly json: string | null;
  /** The same. */
  readonly markdown: string | null;
  readonly html: string | null;
}

/** A plan, or every problem found on the way to it. */
export type ComparisonReading =
  | { readonly outcome: 'valid'; readonly plan: ComparePlan }
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] };

const largestSeed = 2 ** 31;

const readSeed = (given: string | undefined, problems: string[]): number => {
  const seed = readCount('--seed', given, 0, problems) ?? randomInt(largestSeed);
  if (seed >= largestSeed) {
    problems.push(`--seed is "${given ?? ''}", but must be below ${String(largestSeed)}.`);
  }
  return seed;
};

const readChange = async (
  given: string | undefined,
  root: string,
  problems: string[],
): Promise<string | null> => {
  if (given === undefined) return null;
  const commit = await gitOrNull(root, 'rev-parse', '--verify', '--quiet', `${given}^{commit}`).catch(
    () => null,
  );
  if (commit === null)
    problems.push(
      `--for-change is "${given}", which is no commit of this clone. Take it from "npm run perf:history".`,
    );
  return commit;
};

const checkBisect = (options: CompareOptions, opponents: Opponents, problems: string[]): void => {
  if (options.bisect === undefined) return;
  const others = ['confirm', 'json', 'markdown', 'html', 'firstOfTwo'] as const;
  const isAlone = opponents.kind === 'commits' && (opponents.base ?? opponents.head) === null;
  if (isAlone && others.every((name) => options[name] === undefined)) return;
  problems.push(
    '--bisect names its commits itself and writes no comparison. Leave --base, --head, --confirm, --first-of-two, --json, --markdown and --html out.',
  );
};

const checkFirstOfTwo = (options: CompareOptions, problems: string[]): void => {
  if (options.firstOfTwo !== true) return;
  if (options.confirm !== undefined)
    problems.push(
      '--first-of-two and --confirm were given, but a comparison is one or the other. Leave one out.',
    );
  if (options.json === undefined)
    problems.push(
      '--first-of-two leaves the decision to a second comparison, which needs a file. Add --json.',
    );
};

const byAddress = '--base-url and --head-url';

const startedAs = ({ kind }: Opponents, target: Pick<CompareRequest['target'], 'kind'>): StartedAs => {
  switch (kind) {
    case 'commits':
      return target.kind;
    case 'images':
      return 'containers';
    case 'commands':
      return 'command';
    case 'urls':
      return 'external';
    default:
      return kind satisfies never;
  }
};

const readTargets = async (
  options: CompareOptions,
  opponents: Opponents,
  context: { readonly environment: Environment; readonly logDirectory: string },
  problems: string[],
): Promise<CompareRequest['target']> => {
  const { serverEnv, ...reach } = options;
  // A server that is given is reached as any external one, tokens and all; PERF_URL says nothing about a comparison.
  const url = opponents.kind === 'urls' ? opponents.urls.base : 'http://127.0.0.1';
  const isGiven = opponents.kind === 'urls' || opponents.kind === 'commands';
  const { PERF_URL: _url, PERF_IMAGE: _image, ...environment } = context.environment;
  if (isGiven && options.target !== undefined) {
    problems.push(
      `--target is for commits and images; servers given by ${opponents.kind === 'urls' ? 'URL' : 'command'} have none. Leave it out.`,
    );
  }
  if (!isGiven && options.target === 'external') {
    problems.push('--target external is for --base-url and --head-url. Add those, or leave it out.');
  }
  if (opponents.kind === 'images' && options.target === 'process') {
    problems.push('--target process has no use for images. Leave it out.');
  }
  if (opponents.kind === 'urls') {
    const { baseServerEnv, headServerEnv } = options;
    for (const [option, given] of [
      ['--server-env', serverEnv],
      ['--base-server-env', baseServerEnv],
      ['--head-server-env', headServerEnv],
    ] as const) {
      if (given !== undefined) problems.push(`${option} is for servers that are started here. Leave it out.`);
    }
  }
  const { target: _target, ...givenReach } = reach;
  const target = await readTarget(
    isGiven ? { ...givenReach, url } : reach,
    environment,
    context.logDirectory,
    problems,
  );
  return {
    ...target,
    url: null,
    serverEnvironment: readServerEnvironment(serverEnv ?? [], problems, {
      startedAs: startedAs(opponents, target),
      byAddress,
    }),
  };
};

/** Turns what was typed into a comparison, checking all of it before anything is built. */
export const readComparisonPlan = async (
  options: CompareOptions,
  environment: Environment,
  root: string,
): Promise<ComparisonReading> => {
  const problems: string[] = [];
  const sessionId = newSessionId(new Date());
  const logDirectory = join(root, '.perf', 'logs', sessionId);
  const opponents = readOpponents(options, environment, problems);
  const target = await readTargets(options, opponents, { environment, logDirectory }, problems);
  const serverEnvironments = perSide((side) =>
    readServerEnvironment((side === 'base' ? options.baseServerEnv : options.headServerEnv) ?? [], problems, {
      startedAs: startedAs(opponents, target),
      option: `--${side}-server-env`,
      byAddress,
    }),
  );
  const seed = readSeed(options.seed, problems);
  const confirms = await readConfirmed(options.confirm, problems);
  const gated = readGated(options, opponents, confirms, problems);
  const json = await readOutputFile('--json', options.json, '', problems);
  const markdown = await readOutputFile('--markdown', options.markdown, '', problems);
  const html = await readOutputFile('--html', options.html, '', problems);
  const confirmsChange = await readChange(options.forChange, root, problems);
  checkBisect(options, opponents, problems);
  checkFirstOfTwo(options, problems);
  if (problems.length > 0) return { outcome: 'invalid', problems };
  return {
    outcome: 'valid',
    plan: {
      root,
      sessionId,
      logDirectory,
      request: { opponents, target, serverEnvironments, gated, seed },
      isStrict: options.strict === true,
      isFirstOfTwo: options.firstOfTwo === true,
      yieldsToSelfChecks: options.unlessDisarmed === true,
      confirmsChange,
      wantsColors: options.color !== false,
      confirms,
      bisects: options.bisect ?? null,
      json,
      markdown,
      html,
    },
  };
};

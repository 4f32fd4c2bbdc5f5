import type { Opponents } from '../compare/compare-request.ts';
import type { CompareOptions } from './compare-options.ts';
import type { Environment } from './read-target.ts';

/**
 * The two servers to compare: commits, unless one of the other ways was given, and of those one alone. In a pull request on GitHub
 * the branch that it goes to takes the place of the main branch.
 */
export const readOpponents = (
  options: CompareOptions,
  { GITHUB_BASE_REF: mergesInto = '' }: Environment,
  problems: string[],
): Opponents => {
  const { base = null, head = null } = options;
  const pairs = [
    { flag: 'image', base: options.baseImage, head: options.headImage },
    { flag: 'url', base: options.baseUrl, head: options.headUrl },
    { flag: 'command', base: options.baseCommand, head: options.headCommand },
  ] as const;
  const asked = pairs.filter((pair) => pair.base !== undefined || pair.head !== undefined);
  for (const pair of asked) {
    const missing = pair.base === undefined ? 'base' : 'head';
    if (pair.base === undefined || pair.head === undefined) {
      const given = missing === 'base' ? 'head' : 'base';
      problems.push(
        `--${given}-${pair.flag} was given alone, but two servers are compared. Add --${missing}-${pair.flag}.`,
      );
    }
  }
  const ways = [...asked.map(({ flag }) => `--base-${flag}`), ...((base ?? head) === null ? [] : ['--base'])];
  if (ways.length > 1) {
    problems.push(
      `${ways.join(' and ')} were given, but servers are compared in one way at a time. Leave all but one out.`,
    );
  }
  const [pair] = asked;
  if (pair === undefined) return { kind: 'commits', base, head, ...(mergesInto !== '' && { mergesInto }) };
  const both = { base: pair.base ?? '', head: pair.head ?? '' };
  switch (pair.flag) {
    case 'image':
      return { kind: 'images', images: both };
    case 'url':
      return { kind: 'urls', urls: both };
    case 'command':
      return { kind: 'commands', commands: both };
    default:
      return pair satisfies never;
  }
};

import { CommanderError } from 'commander';
import { makeProgram, type ChosenCommand } from './program.ts';

/** What the arguments say: a command, help that was printed, or nothing usable; with every problem found in them. */
export type ParsedArguments =
  | { readonly outcome: 'help' }
  | { readonly outcome: 'parsed'; readonly chosen: ChosenCommand; readonly problems: readonly string[] }
  | { readonly outcome: 'unusable'; readonly problems: readonly string[] };

const unknownOption = /unknown option '(?<given>[^']*)'/u;

const problemOf = (error: CommanderError): string => {
  const [first = '', ...rest] = error.message.replace(/^error: /u, '').split('\n');
  const hint = rest.join(' ').trim();
  // What follows "=" may be a token.
  const withoutValue = first.replace(/'(?<flag>--?[^'=]*)=[^']*'/u, "'$<flag>'");
  return `${withoutValue}.${hint === '' ? '' : ` ${hint}`} See --help.`;
};

/** The arguments without an unknown option and the value that seems to belong to it. */
const without = (given: string, argumentList: readonly string[]): readonly string[] => {
  const index = argumentList.indexOf(given);
  if (index === -1) return [];
  const next = argumentList[index + 1];
  const hasValue = !given.includes('=') && next !== undefined && !next.startsWith('-');
  return argumentList.toSpliced(index, hasValue ? 2 : 1);
};

/** Reads arguments without acting on them. Unknown options are taken out one by one, so that all problems are found. */
export const parseArguments = (argumentList: readonly string[]): ParsedArguments => {
  const problems: string[] = [];
  let remaining = argumentList;
  for (;;) {
    let chosen: ChosenCommand | null = null;
    try {
      makeProgram((command) => {
        chosen = command;
      }).parse([...remaining], { from: 'user' });
      // oxlint-disable-next-line typescript/no-unnecessary-condition -- the callback above has set it
      return chosen === null ? { outcome: 'help' } : { outcome: 'parsed', chosen, problems };
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode === 0) return { outcome: 'help' };
      problems.push(problemOf(error));
      const given = unknownOption.exec(error.message)?.groups?.['given'];
      if (given === undefined || !remaining.includes(given)) return { outcome: 'unusable', problems };
      remaining = without(given, remaining);
    }
  }
};

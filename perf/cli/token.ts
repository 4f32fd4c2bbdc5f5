import { signToken } from '../../fixtures/tokens/index.ts';
import { developmentSecret } from './development-defaults.ts';
import { exitCodes } from './exit-code.ts';
import { printProblems } from './print-problems.ts';
import { readCount } from './read-number.ts';
import type { Environment } from './read-target.ts';

/** The options of `token` as they were typed. */
export interface TokenOptions {
  readonly secret?: string;
  readonly subject?: string;
  readonly expiresIn?: string;
}

const defaultExpirySeconds = 3_600;

/** Prints a token for hand use, and nothing else, so that a shell can take it: `--token "$(npm run -s token)"`. */
export const runToken = (options: TokenOptions, environment: Environment): number => {
  const problems: string[] = [];
  const secret = options.secret ?? (environment['JWT_SECRET'] || developmentSecret);
  if (secret === '')
    problems.push('--secret is empty. Give the secret that the server verifies tokens with.');
  const seconds = readCount('--expires-in', options.expiresIn, 1, problems) ?? defaultExpirySeconds;
  if (problems.length > 0) return printProblems(problems);
  const subject = options.subject ?? 'perf';
  process.stdout.write(`${signToken({ secret, subject, expiresInSeconds: seconds })}\n`);
  return exitCodes.met;
};

import { readFile } from 'node:fs/promises';
import type { RunOptions } from './run-options.ts';

const unsafeInHeader = /[^\u0021-\u007E]/u;

const readTokenFile = async (file: string, problems: string[]): Promise<readonly string[]> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    problems.push(
      `--token-file is "${file}", but it can not be read (${code}). Give a file with one token a line.`,
    );
    return [];
  }
  const tokens = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (tokens.length === 0)
    problems.push(`--token-file is "${file}", but it holds no token. Write one a line.`);
  return tokens;
};

/** The tokens of the connections, in turn. No message holds a token. */
export const readTokens = async (
  { token, tokenFile }: Pick<RunOptions, 'token' | 'tokenFile'>,
  fromEnvironment: string | undefined,
  problems: string[],
): Promise<readonly string[]> => {
  if (token !== undefined && tokenFile !== undefined) {
    problems.push('--token and --token-file are both given, but only one can hold. Leave one out.');
    return [];
  }
  const single = token?.trim() ?? fromEnvironment?.trim();
  const tokens =
    tokenFile !== undefined ? await readTokenFile(tokenFile, problems) : single === undefined ? [] : [single];
  const source = tokenFile !== undefined ? '--token-file' : token !== undefined ? '--token' : 'PERF_TOKEN';
  if (tokens.includes('')) problems.push(`${source} is empty. Give a token, or leave it out.`);
  const odd = tokens.findIndex((each) => unsafeInHeader.test(each));
  if (odd !== -1) {
    problems.push(
      `${source}: token ${String(odd + 1)} has a space or a character that no token has. Copy it once more.`,
    );
  }
  return tokens;
};

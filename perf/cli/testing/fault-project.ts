import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const inPerf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const agents = JSON.stringify(inPerf('harness/load/testing/agents-of.ts'));

/** A load that outlasts every test: it is what a fault falls into. */
export const longLoad = 'load(ramp({ connections: 2, delaySeconds: 0.01, holdSeconds: 600 }))';

/** Asserts without a load, so that a busy machine can not make it inconclusive. */
export const calm = `test('is calm', ({ target }) => { expect(target.kind).toBeTypeOf('string'); });`;

/** Within a scenario: waits until this process has agents, and gives the first one's pid as `agent`. */
export const untilAgent = `
  const { agentsOf } = await import(${agents});
  let agent;
  while (agent === undefined) [agent] = await agentsOf(process.pid);`;

/** Within a scenario: fills the disk that holds a file until not a byte more fits. */
export const fillDisk = (file: string): string => `
  const disk = await (await import('node:fs/promises')).open(${JSON.stringify(file)}, 'w');
  try { for (;;) await disk.write(Buffer.alloc(65_536)); } catch {}
  await disk.close();`;

/** Has a project run its scenarios in processes of their own instead of threads of the command. */
export const useForks = (folder: string): Promise<void> =>
  writeFile(
    join(folder, 'vitest.config.mjs'),
    `const { scenarioProject } = await import(${JSON.stringify(inPerf('config.ts'))});
     const project = scenarioProject();
     export default { test: { projects: [{ test: { ...project.test, pool: 'forks' } }] } };`,
  );

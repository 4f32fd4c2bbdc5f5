import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** A project of a user who has these scenarios, name to body, and no configuration; returns its folder. */
export const makeProject = async (scenarios: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'ws-perf-gate-project-'));
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, body] of Object.entries(scenarios)) {
    const head =
      `import { below, connectTime, expect, ramp, roundTripTime, test } from '${join(repository, 'perf', 'scenario.ts')}';\n` +
      `const few = ramp({ connections: 2, delaySeconds: 0.01, holdSeconds: 0.2 });\n`;
    await writeFile(join(folder, `${name}.perf.ts`), `${head}${body}\n`);
  }
  return folder;
};

import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Makes a folder the project of a user who has these scenarios, name to body, and no configuration. */
export const writeProject = async (
  folder: string,
  scenarios: Readonly<Record<string, string>>,
): Promise<void> => {
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, body] of Object.entries(scenarios)) {
    const head =
      `import { below, connectTime, expect, ramp, roundTripTime, test } from '${join(repository, 'perf', 'scenario.ts')}';\n` +
      `const few = ramp({ connections: 2, delaySeconds: 0.01, holdSeconds: 0.2 });\n`;
    await writeFile(join(folder, `${name}.perf.ts`), `${head}${body}\n`);
  }
};

/** A project with these scenarios that lives as long as the test that asks for it; returns its folder. */
export const makeProject = async (scenarios: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await temporaryDirectory();
  await writeProject(folder, scenarios);
  return folder;
};

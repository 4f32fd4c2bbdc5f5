import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes `server.mjs`, which needs nothing but Node, and its `Dockerfile`: together a complete Docker build context. */
export const bundleReferenceServer = async (outputDirectory: string): Promise<void> => {
  // Only developers have rolldown; the published package carries the bundle that was made when it was packed.
  const { build } = await import('rolldown');
  const here = import.meta.dirname;
  await mkdir(outputDirectory, { recursive: true });
  await build({
    input: join(here, 'main.ts'),
    platform: 'node',
    output: { file: join(outputDirectory, 'server.mjs'), format: 'esm', codeSplitting: false },
    logLevel: 'warn',
  });
  await copyFile(fileURLToPath(new URL('Dockerfile', import.meta.url)), join(outputDirectory, 'Dockerfile'));
};

import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes `server.mjs`, which needs nothing but Node, and its `Dockerfile`: together a complete Docker build context.
 * The sources are those beside this file, or another commit's.
 */
export const bundleReferenceServer = async (
  outputDirectory: string,
  sourceDirectory: string = import.meta.dirname,
): Promise<void> => {
  // Only developers have rolldown; the published package carries the bundle that was made when it was packed.
  const { build } = await import('rolldown');
  await mkdir(outputDirectory, { recursive: true });
  await build({
    // Paths in the output are relative to the sources: the same sources give the same bundle wherever they lie.
    cwd: dirname(sourceDirectory),
    resolve: { symlinks: false },
    input: join(sourceDirectory, 'main.ts'),
    platform: 'node',
    output: { file: join(outputDirectory, 'server.mjs'), format: 'esm', codeSplitting: false },
    logLevel: 'warn',
  });
  await copyFile(join(sourceDirectory, 'Dockerfile'), join(outputDirectory, 'Dockerfile'));
};

import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleReferenceServer } from '../reference-server/bundle.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));

await rm(path('dist'), { recursive: true, force: true });
execFileSync(
  process.execPath,
  [path('node_modules/typescript/bin/tsc'), '--project', path('.tsconfig.build.json')],
  { stdio: 'inherit' },
);
// The package has no sources to bundle, so the context of the reference server's image is made now.
await bundleReferenceServer(path('dist/reference-server/image'));

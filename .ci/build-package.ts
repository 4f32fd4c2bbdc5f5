import { execFileSync } from 'node:child_process';
import { cp, glob, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleReferenceServer } from '../reference-server/bundle.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));

await rm(path('dist'), { recursive: true, force: true });
execFileSync(
  process.execPath,
  [path('node_modules/typescript/bin/tsc'), '--project', path('.tsconfig.build.json')],
  { stdio: 'inherit' },
);
// What other programs read: the layouts of what is written, and what Prometheus and Grafana take.
for await (const schema of glob('perf/**/*.schema.json', { cwd: path('.') }))
  await cp(path(schema), path(`dist/schemas/${basename(schema)}`));
for (const file of ['alerts.yml', 'dashboard.json'])
  await cp(path(`perf/observe/prometheus/${file}`), path(`dist/prometheus/${file}`));
// The package has no sources to bundle, so the context of the reference server's image is made now.
await bundleReferenceServer(path('dist/reference-server/image'));

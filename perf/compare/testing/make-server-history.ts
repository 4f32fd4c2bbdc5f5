import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { makeRepository, type TestRepository } from './make-repository.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const entry = 'reference-server/main.ts';
const handshake = 'reference-server/connections/connection-hub.ts';
const burning = 'burnCpu(faults.burnCpuPerHandshakeMs)';

/** A repository in which every commit changes the reference server, with a bare one beside it as its `origin`. */
export interface ServerHistory extends TestRepository {
  /** What the commits are measured against, tagged `perf-reference-1`. */
  readonly reference: string;
  /** Those after it, oldest first. */
  readonly commits: readonly string[];
  readonly bare: string;
}

/**
 * Makes `commits` commits of the reference server's sources after a first one; from the one at `slowFrom` on (counted from 0) the
 * server is busy for `burnMs` of processor time in each handshake. It lives as long as the test that makes it.
 */
export const makeServerHistory = async ({
  commits: count,
  slowFrom,
  burnMs,
}: {
  readonly commits: number;
  readonly slowFrom: number;
  readonly burnMs: number;
}): Promise<ServerHistory> => {
  const repository = await makeRepository();
  const { root, git, commit } = repository;
  await cp(join(project, 'reference-server'), join(root, 'reference-server'), {
    recursive: true,
    filter: (file) => !/\.test\.ts$|\/testing(?:\/|$)/u.test(file),
  });
  await cp(join(project, 'package-lock.json'), join(root, 'package-lock.json'));
  await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'package.json'), '{ "name": "server-history", "type": "module" }\n');
  await writeFile(join(root, '.gitignore'), 'node_modules\n.perf\n');
  const main = await readFile(join(root, entry), 'utf8');
  const numbered = (build: number): Record<string, string> => ({
    [entry]: `${main}\nObject.assign(globalThis, { build: ${String(build)} });\n`,
  });
  const hub = await readFile(join(root, handshake), 'utf8');
  if (!hub.includes(burning)) throw new Error(`${handshake} has no ${burning} to make slower.`);
  const slower = { [handshake]: hub.replace(burning, `burnCpu(${String(burnMs)})`) };
  const reference = await commit(numbered(0));
  git('tag', 'perf-reference-1');
  const commits: string[] = [];
  for (let index = 0; index < count; index += 1) {
    commits.push(await commit({ ...numbered(index + 1), ...(index === slowFrom && slower) }));
  }
  const bare = join(await temporaryDirectory(), 'origin.git');
  git('init', '--quiet', '--bare', '--initial-branch', 'main', bare);
  git('remote', 'add', 'origin', bare);
  git('push', '--quiet', '--tags', 'origin', 'main');
  return { ...repository, reference, commits, bare };
};

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  buildServerImage,
  bundleServer,
  findContainerRuntime,
  findExecutable,
  openTarget,
  type TargetRequest,
} from '../../../fixtures/targets/index.ts';
import { CompareError } from '../compare-error.ts';
import type { Contestant } from '../contestant.ts';
import { perSide, type PerSide, type Side } from '../side.ts';
import { checkOut } from './check-out.ts';
import {
  findCommits,
  serverSources,
  uncommittedChanges,
  type AskedCommits,
  type Commits,
} from './find-commits.ts';
import { git } from './git.ts';
import type { Prepared, PrepareOptions } from './prepared.ts';

const [sourceFolder] = serverSources;
const shortLength = 9;

const short = (commit: string): string => commit.slice(0, shortLength);

/** Bundles the server of a checkout. @throws CompareError NO_REFERENCE_SERVER */
const bundleFrom = async (tree: string, output: string, name: string): Promise<void> => {
  const sources = join(tree, sourceFolder);
  if ((await readFile(join(sources, 'main.ts'), 'utf8').catch(() => null)) === null) {
    throw new CompareError(
      'NO_REFERENCE_SERVER',
      `${name} has no ${sourceFolder}/main.ts to build a server from. Compare servers of your own with --base-command and --head-command, or their images.`,
    );
  }
  await bundleServer(sources, output);
};

const bundleCommit = async (
  root: string,
  commit: string,
  output: string,
  { signal, onProgress }: PrepareOptions,
): Promise<void> => {
  onProgress(`building the server of ${short(commit)}`);
  await using tree = await checkOut(root, commit, signal);
  await bundleFrom(tree.directory, output, `Commit ${short(commit)}`);
};

const bundleWorkTree = async (
  root: string,
  output: string,
  { onProgress }: PrepareOptions,
): Promise<void> => {
  onProgress('building the server of the work tree');
  await bundleFrom(root, output, 'The work tree');
};

const describeHead = async ({ root, head }: Commits): Promise<{ label: string; commit: string | null }> => {
  if (head !== null) return { label: short(head), commit: head };
  const commit = await git(root, 'rev-parse', 'HEAD');
  return (await uncommittedChanges(root)) === ''
    ? { label: short(commit), commit }
    : { label: `${short(commit)} with uncommitted changes`, commit: null };
};

const contentOf = async (directory: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(join(directory, 'server.mjs')))
    .digest('hex');

const describeSame = ({ base, head }: PerSide<TargetRequest>): string =>
  isDeepStrictEqual(base.serverEnvironment, head.serverEnvironment)
    ? 'Base and head build the very same server: whatever differs is noise.'
    : 'Base and head build the very same server: only their environments differ.';

const embeddedRedis =
  'No redis-server is on the PATH: either server has a Redis embedded in itself, and what a real one costs is not compared. Install redis-server, or take --target containers.';

/** Each server has a Redis of its own; where that can not be a real one, it is said. */
const describeRedis = async ({ kind, serverEnvironment }: TargetRequest): Promise<readonly string[]> => {
  const hasRedis =
    kind !== 'process' ||
    serverEnvironment['REDIS_URL'] !== undefined ||
    (await findExecutable('redis-server')) !== null;
  return hasRedis ? [] : [embeddedRedis];
};

/** How a built server is asked for: as a process of its bundle, or in a container of its image. */
const requestFor = async (
  directory: string,
  target: TargetRequest,
  options: PrepareOptions,
): Promise<TargetRequest> => {
  if (target.kind === 'process') return { ...target, serverFile: join(directory, 'server.mjs') };
  const logFile = join(options.logDirectory, 'image-build.log');
  const image = await buildServerImage(directory, { ...options, logFile });
  return { ...target, kind: 'containers', image };
};

/** The reference server of two commits, each built from its own sources into a bundle or an image. */
export const prepareCommits = async (
  asked: AskedCommits,
  target: PerSide<TargetRequest>,
  options: PrepareOptions,
): Promise<Prepared> => {
  const commits = await findCommits(options.directory, asked);
  const { root, base, baseName, head } = commits;
  const usesContainers =
    target.base.kind === 'containers' ||
    (target.base.kind === 'auto' && (await findContainerRuntime()) !== null);
  const kind = usesContainers ? 'containers' : 'process';
  const output = await mkdtemp(join(tmpdir(), 'ws-perf-gate-servers-'));
  const remove = (): Promise<void> => rm(output, { recursive: true, force: true });
  try {
    const folders = perSide((side) => join(output, side));
    await bundleCommit(root, base, folders.base, options);
    await (head === null
      ? bundleWorkTree(root, folders.head, options)
      : bundleCommit(root, head, folders.head, options));
    const contents = { base: await contentOf(folders.base), head: await contentOf(folders.head) };
    const isSame = contents.base === contents.head;
    const requests = {
      base: await requestFor(folders.base, { ...target.base, kind }, options),
      head: await requestFor(folders.head, { ...target.head, kind }, options),
    };
    const headSays = await describeHead(commits);
    const contestant = (side: Side, label: string, commit: string | null): Contestant => ({
      label,
      commit,
      contentHash: contents[side],
      canRestart: true,
      open: (openOptions) => openTarget(requests[side], openOptions),
    });
    return {
      contestants: {
        base: contestant('base', `${short(base)} (${baseName})`, base),
        head: contestant('head', headSays.label, headSays.commit),
      },
      notices: [...(isSame ? [describeSame(target)] : []), ...(await describeRedis(requests.base))],
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
};

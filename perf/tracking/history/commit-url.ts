import { tryGit } from './git.ts';
import type { HistoryBranch } from './history-branch.ts';

/** The address of a commit's page. */
export type CommitUrl = (sha: string) => string;

// host:path, as SSH has it, or scheme://[user@]host[:port]/path.
const shortForm = /^(?:[\w.-]+@)?(?<host>[\w-]+(?:\.[\w-]+)+):(?!\/\/)(?<path>[\w./~-]+)$/u;
const longForm = /^(?:https?|ssh|git):\/\/(?:[^@/\s]*@)?(?<host>[\w.-]+)(?::\d+)?\/(?<path>[\w./~-]+)$/u;

/** The page of a repository that a remote's address leads to, without what it logs in with; null for none. */
export const repositoryPage = (remoteUrl: string): string | null => {
  const { host, path } = (longForm.exec(remoteUrl) ?? shortForm.exec(remoteUrl))?.groups ?? {};
  if (host === undefined || path === undefined) return null;
  return `https://${host}/${path.replace(/\/+$/u, '').replace(/\.git$/u, '')}`;
};

/** How commits are linked: by the template given, else by the remote's page; null, or a problem more, where neither will do. */
export const commitUrlOf = async (
  { cwd, remote }: HistoryBranch,
  template: string | null,
  problems: string[],
): Promise<CommitUrl | null> => {
  if (template !== null) {
    if (/^https?:\/\/\S+$/u.test(template) && template.includes('{sha}'))
      return (sha) => template.replaceAll('{sha}', sha);
    problems.push(
      `--commit-url is "${template}", but must be an address with {sha} in it, such as https://host/project/commit/{sha}.`,
    );
    return null;
  }
  const { exitCode, stdout } = await tryGit(['remote', 'get-url', '--', remote], { cwd });
  const page = repositoryPage(exitCode === 0 ? stdout.toString('utf8').trim() : remote);
  return page === null ? null : (sha) => `${page}/commit/${sha}`;
};

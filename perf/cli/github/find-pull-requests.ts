import { z } from 'zod';
import { askGitHub, type GitHubAccess } from './github-client.ts';
import type { FinishedRun } from './workflow-run-event.ts';

const pullRequests = z.array(
  z.object({
    number: z.int().positive(),
    head: z.object({ sha: z.string(), repo: z.object({ full_name: z.string() }).nullable() }),
  }),
);

/**
 * The open pull requests whose newest commit a run measured: usually one, none when it was closed or pushed to meanwhile.
 * GitHub names none itself for the run of a fork. @throws GitHubError
 */
export const findPullRequests = async (
  access: GitHubAccess,
  { head, headSha }: FinishedRun,
): Promise<readonly number[]> => {
  if (head === null) return [];
  const found = await askGitHub(access, {
    method: 'GET',
    path: '/pulls',
    query: { state: 'open', head: `${head.owner}:${head.branch}`, per_page: '100' },
    answer: pullRequests,
  });
  return found
    .filter((one) => one.head.sha === headSha && one.head.repo?.full_name === head.repository)
    .map(({ number }) => number);
};

import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const schema = z.object({
  workflow_run: z.object({
    html_url: z.url({ protocol: /^https?$/u }),
    head_branch: z.string().min(1).nullable(),
    head_sha: z.string().regex(/^[0-9a-f]{40,64}$/u),
    // Null when the fork is gone.
    head_repository: z.object({ full_name: z.string(), owner: z.object({ login: z.string() }) }).nullable(),
  }),
});

/** Of which commit a finished workflow run was, as GitHub says it; nothing of it comes from the run's artifacts. */
export interface FinishedRun {
  readonly url: string;
  readonly headSha: string;
  /** Null where it can belong to no pull request that is still open. */
  readonly head: { readonly repository: string; readonly owner: string; readonly branch: string } | null;
}

/** Reads the event that started a workflow on `workflow_run`. @throws Error when the file holds another event. */
export const readFinishedRun = async (file: string): Promise<FinishedRun> => {
  const { workflow_run: run } = schema.parse(JSON.parse(await readFile(file, 'utf8')));
  const { head_branch: branch, head_repository: repository } = run;
  return {
    url: run.html_url,
    headSha: run.head_sha,
    head:
      branch === null || repository === null
        ? null
        : { repository: repository.full_name, owner: repository.owner.login, branch },
  };
};

import { z } from 'zod';
import { askGitHub, type GitHubAccess } from './github-client.ts';
import { GitHubError } from './github-error.ts';

/** A comment as it should stand on a pull request. */
export interface WantedComment {
  readonly pullRequest: number;
  /** Login of who comments: only a comment of theirs is ever changed. */
  readonly author: string;
  readonly body: string;
}

const comment = z.object({
  id: z.int().positive(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullable(),
});
const commentsPerPage = 100;
const mostPages = 50;
/** GitHub takes no longer body. */
const longestBody = 65_536;

/** What our comment begins with: it is known again by that and by its author. */
const marker = '<!-- ws-perf-gate:comparison -->';

const findComment = async (
  access: GitHubAccess,
  { pullRequest, author }: WantedComment,
): Promise<z.infer<typeof comment> | null> => {
  for (let page = 1; page <= mostPages; page += 1) {
    const comments = await askGitHub(access, {
      method: 'GET',
      path: `/issues/${String(pullRequest)}/comments`,
      query: { per_page: String(commentsPerPage), page: String(page) },
      answer: z.array(comment),
    });
    // Whoever quotes or copies the marker does not become the author.
    const own = comments.find(
      ({ user, body }) => user?.login === author && body?.startsWith(marker) === true,
    );
    if (own !== undefined) return own;
    if (comments.length < commentsPerPage) return null;
  }
  throw new GitHubError(
    `More than ${String(commentsPerPage * mostPages)} comments: ours was not looked for further`,
    {
      isWorthRetrying: false,
    },
  );
};

/**
 * Creates our one comment on a pull request, or changes it in place. Tried again as a whole it looks again, so that a comment whose
 * creation went through without an answer is not doubled. @throws GitHubError
 */
export const putComment = async (
  access: GitHubAccess,
  wanted: WantedComment,
): Promise<'created' | 'updated' | 'unchanged'> => {
  const body = `${marker}\n${wanted.body}`.slice(0, longestBody);
  const existing = await findComment(access, wanted);
  if (existing === null) {
    await askGitHub(access, {
      method: 'POST',
      path: `/issues/${String(wanted.pullRequest)}/comments`,
      body: { body },
      answer: comment,
    });
    return 'created';
  }
  // GitHub may give line breaks back as CR LF.
  if (existing.body?.replaceAll('\r\n', '\n') === body) return 'unchanged';
  await askGitHub(access, {
    method: 'PATCH',
    path: `/issues/comments/${String(existing.id)}`,
    body: { body },
    answer: comment,
  });
  return 'updated';
};

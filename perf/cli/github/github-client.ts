import type { z } from 'zod';
import { GitHubError } from './github-error.ts';

/** Where GitHub's API is, and who asks. */
export interface GitHubAccess {
  /** `https://api.github.com`, or that of a server of one's own. */
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
}

/** One request, its path below the repository. */
export interface GitHubRequest<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** `/pulls`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** What an answer has to look like, as far as it is read. */
  readonly answer: Schema;
}

const patienceMs = 10_000;
const apiVersion = '2022-11-28';
const largestAnswerBytes = 8 * 1_048_576;

const secondsToWait = (headers: Headers, nowMs: number): number | null => {
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(retryAfter)) return Math.max(0, retryAfter);
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN);
  if (headers.get('x-ratelimit-remaining') !== '0' || !Number.isFinite(reset)) return null;
  return Math.max(0, reset - nowMs / 1_000);
};

/**
 * What an answer other than 2xx means. A limit on the rate is 403 or 429, and is told from a lack of rights by its headers or
 * its words: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
const refusal = (what: string, { status, headers }: Response, text: string): GitHubError => {
  const wait = secondsToWait(headers, Date.now());
  const isLimited = status === 429 || (status === 403 && (wait !== null || /rate limit/iu.test(text)));
  return new GitHubError(
    `${what} was answered with HTTP ${String(status)}${isLimited ? ', a rate limit' : ''}`,
    {
      isWorthRetrying: isLimited || status >= 500 || status === 408,
      waitMs: wait === null ? null : wait * 1_000,
    },
  );
};

/**
 * Asks GitHub's API once, and gives the answer checked.
 * @throws GitHubError whatever goes wrong.
 */
export const askGitHub = async <Schema extends z.ZodType>(
  { apiUrl, token, repository }: GitHubAccess,
  { method, path, query = {}, body, answer }: GitHubRequest<Schema>,
): Promise<z.infer<Schema>> => {
  const what = `${method} ${path}`;
  const parameters = new URLSearchParams(query).toString();
  const url = `${apiUrl}/repos/${repository}${path}${parameters === '' ? '' : `?${parameters}`}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'ws-perf-gate',
        'x-github-api-version': apiVersion,
      },
      signal: AbortSignal.timeout(patienceMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (cause) {
    throw new GitHubError(
      `${what} had no answer (${cause instanceof Error ? cause.message : String(cause)})`,
      {
        isWorthRetrying: true,
        cause,
      },
    );
  }
  if (!response.ok) throw refusal(what, response, text);
  if (text.length > largestAnswerBytes)
    throw new GitHubError(`${what} was answered with more than 8 MiB`, { isWorthRetrying: false });
  try {
    return answer.parse(JSON.parse(text));
  } catch (cause) {
    // A proxy's error page, or an answer that was cut off.
    throw new GitHubError(`${what} was answered with something else than expected`, {
      isWorthRetrying: true,
      cause,
    });
  }
};

import { http, HttpResponse, type HttpHandler } from 'msw';

/** A comment as GitHub keeps it. */
export interface KeptComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** A repository as its API shows it, and what was asked of it. */
export interface FakeGitHub {
  readonly comments: KeptComment[];
  /** `GET /pulls?…`, in order. */
  readonly asked: string[];
  /** Answers of the next requests instead of the real ones: a status, or `no-answer`; null answers as usual. */
  readonly troubles: (FakeTrouble | null)[];
  readonly handlers: readonly HttpHandler[];
}

/** How a request goes wrong. */
export type FakeTrouble =
  | 'no-answer'
  /** The request is carried out, and the answer is lost. */
  | 'lost-answer'
  | 'no-json'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

const api = 'https://api.github.example/repos/owner/name';

const answerOf = (trouble: Exclude<FakeTrouble, 'lost-answer'>): Response => {
  if (trouble === 'no-answer') return HttpResponse.error();
  if (trouble === 'no-json') return new HttpResponse('<html>');
  const { status, headers, body = {} } = trouble;
  return HttpResponse.json(body as object, { status, ...(headers && { headers }) });
};

const bodyOf = async (request: Request): Promise<string> => ((await request.json()) as { body: string }).body;

/** Makes a repository `owner/name` with these open pull requests. */
export const fakeGitHub = (
  pullRequests: readonly { readonly number: number; readonly sha: string; readonly repository: string }[],
): FakeGitHub => {
  const comments: KeptComment[] = [];
  const asked: string[] = [];
  const troubles: FakeGitHub['troubles'] = [];
  const answering =
    (act: (request: Request, id: string) => unknown) =>
    async ({ request, params }: { request: Request; params: Record<string, unknown> }): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      asked.push(`${request.method} ${pathname.replace('/repos/owner/name', '')}${search}`);
      if (request.headers.get('authorization') !== 'Bearer token')
        return HttpResponse.json({}, { status: 401 });
      const trouble = troubles.shift() ?? null;
      if (trouble !== null && trouble !== 'lost-answer') return answerOf(trouble);
      const answer = (await act(request, String(params['id']))) as object;
      return trouble === 'lost-answer' ? HttpResponse.error() : HttpResponse.json(answer);
    };
  return {
    comments,
    asked,
    troubles,
    handlers: [
      http.get(
        `${api}/pulls`,
        answering(() =>
          pullRequests.map(({ number, sha, repository }) => ({
            number,
            head: { sha, repo: { full_name: repository } },
          })),
        ),
      ),
      http.get(
        `${api}/issues/:id/comments`,
        answering((request) => {
          const page = Number(new URL(request.url).searchParams.get('page'));
          return comments.slice((page - 1) * 100, page * 100);
        }),
      ),
      http.post(
        `${api}/issues/:id/comments`,
        answering(async (request) => {
          const made = {
            id: 1_000 + comments.length,
            body: await bodyOf(request),
            user: { login: 'github-actions[bot]' },
          };
          comments.push(made);
          return made;
        }),
      ),
      http.patch(
        `${api}/issues/comments/:id`,
        answering(async (request, id) => {
          const changed = comments.find((one) => String(one.id) === id);
          if (changed === undefined) throw new Error(`There is no comment ${id}.`);
          changed.body = await bodyOf(request);
          return changed;
        }),
      ),
    ],
  };
};

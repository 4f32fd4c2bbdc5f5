import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { postWebhook, type WebhookPatience } from './post-webhook.ts';

const url = 'https://hooks.example/services/T000/B000/a-secret-path';
const patience: WebhookPatience = { tries: 4, answerWithinMs: 200, firstWaitMs: 10, longestWaitMs: 40 };

const bodies: unknown[] = [];
const server = setupServer();
beforeAll(() => {
  server.listen();
});
afterEach(() => {
  server.resetHandlers();
  bodies.length = 0;
});
afterAll(() => {
  server.close();
});

/** Answers one after another, the last one from then on; keeps what was posted. */
const answers = (...given: readonly (() => Response | Promise<Response>)[]): void => {
  let asked = 0;
  server.use(
    http.post(url, async ({ request }) => {
      bodies.push(await request.json());
      asked += 1;
      const answer = given[asked - 1] ?? given.at(-1);
      return answer === undefined ? HttpResponse.error() : answer();
    }),
  );
};

const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new HttpResponse(null, { status: code, headers });

test('the text is posted as Slack takes it', async () => {
  answers(() => HttpResponse.text('ok'));
  expect(await postWebhook(url, 'ALERT "x" <&>\n', patience)).toEqual({ outcome: 'delivered' });
  expect(bodies).toEqual([{ text: 'ALERT "x" <&>\n' }]);
});

test.each([
  ['HTTP 503', status(503)],
  ['HTTP 429 that asks for a second', status(429, { 'retry-after': '1' })],
  ['HTTP 408', status(408)],
  ['a connection that breaks', () => HttpResponse.error()],
  [
    'no answer in time',
    async () => {
      await delay(400);
      return HttpResponse.text('late');
    },
  ],
] as const)('%s is tried again, and delivered then', async (_what, failing) => {
  answers(failing, status(200));
  expect(await postWebhook(url, 'text', patience)).toEqual({ outcome: 'delivered' });
  expect(bodies).toHaveLength(2);
});

test.each([400, 401, 404, 302])('HTTP %i is final, and no redirect is followed', async (code) => {
  answers(status(code, { location: 'https://elsewhere.example/' }));
  expect(await postWebhook(url, 'text', patience)).toEqual({
    outcome: 'lost',
    reason: `HTTP ${String(code)}`,
  });
  expect(bodies).toHaveLength(1);
});

test('after four tries it is lost, and the reason does not hold the address', async () => {
  answers(() => HttpResponse.error());
  const delivery = await postWebhook(url, 'text', patience);
  expect(delivery).toMatchObject({ outcome: 'lost' });
  expect(JSON.stringify(delivery)).not.toMatch(/secret|hooks/u);
  expect(bodies).toHaveLength(4);
});

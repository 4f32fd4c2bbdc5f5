import { expect, test } from 'vitest';
import { startLocalServer } from '../../fixtures/targets/testing/local-server.ts';
import { askHttp, longestAnswerBytes, OversizedAnswer } from './ask-http.ts';

test('an answer is read up to 16 MiB, and not a byte more', async () => {
  await using server = await startLocalServer({
    answerRequest: ({ url }, response) => {
      response.end(Buffer.alloc(Number(url?.slice(1)), 'x'));
    },
  });
  const ask = (bytes: number): ReturnType<typeof askHttp> =>
    askHttp('GET', `http://127.0.0.1:${String(server.port)}/${String(bytes)}`, { timeoutMs: 30_000 });
  const { status, body } = await ask(longestAnswerBytes);
  expect([status, body.length]).toEqual([200, longestAnswerBytes]);
  await expect(ask(longestAnswerBytes + 1)).rejects.toThrow(OversizedAnswer);
});

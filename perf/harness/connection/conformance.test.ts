import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startReferenceServerProcess } from '../../../fixtures/targets/reference-server-process.ts';
import { signToken } from '../../../fixtures/tokens/index.ts';
import { bytesOf } from './testing/conformance/conformance-case.ts';
import { conformanceTable, type ObservedCase } from './testing/conformance/conformance-table.ts';
import { controlCases } from './testing/conformance/control-cases.ts';
import { frameCases, longestMessageBytes } from './testing/conformance/frame-cases.ts';
import { observeGenerator } from './testing/conformance/observe-generator.ts';
import { observeServer } from './testing/conformance/observe-server.ts';

const cases = [...frameCases, ...controlCases];

const observeAll = async (): Promise<readonly ObservedCase[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-conformance-'));
  const secret = 'a secret that only this test knows';
  await using server = await startReferenceServerProcess({
    environment: {
      HOST: '127.0.0.1',
      PORT: '0',
      JWT_SECRET: secret,
      QUOTES_PER_SECOND: '0',
      // It answers messages of up to twice the limit before it closes, and reads no longer ones.
      MAX_MESSAGE_BYTES: String(longestMessageBytes / 2),
    },
    serverFile: null,
    logFile: join(directory, 'server.log'),
    startTimeoutMs: 30_000,
  });
  const url = new URL(`${server.httpUrl}/api/v1/market-data/ws`);
  url.searchParams.set('token', signToken({ secret, subject: 'tester', expiresInSeconds: 3_600 }));
  const observed: ObservedCase[] = [];
  for (const of of cases) {
    const { arrival = 'at once', answersClose = false } = of;
    const [generator, ofServer] = await Promise.all([
      observeGenerator(bytesOf(of, 'server'), {
        arrival,
        answersClose,
        maxMessageBytes: longestMessageBytes,
      }),
      observeServer(url, bytesOf(of, 'client'), { arrival, answersClose }),
    ]);
    observed.push({ of, generator, server: ofServer });
  }
  await rm(directory, { recursive: true });
  return observed;
};

const observed = await observeAll();

test.for(observed.map((one) => [one.of.what, one] as const))('%s', ([, { of, generator, server }]) => {
  expect({ generator, server }).toEqual({
    generator: of.expected,
    server: of.ofServer ?? of.expected,
  });
});

test('the page of them is current', async () => {
  await expect(conformanceTable(observed)).toMatchFileSnapshot('CONFORMANCE.md');
});

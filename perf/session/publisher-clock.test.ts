import { expect, test } from 'vitest';
import type { Target } from '../../fixtures/targets/index.ts';
import { quoteLatency, quotesTooEarly } from '../harness/metrics/catalogue.ts';
import { listenToFeed } from '../harness/load/profile.ts';
import { aggregate } from '../harness/metrics/samples.ts';
import { judge } from '../harness/thresholds/judge.ts';
import { below } from '../harness/thresholds/threshold.ts';
import { measureLoad, type MeasuredLoad } from './measure-load.ts';
import { startFeedOnAnotherClock } from './testing/feed-on-another-clock.ts';

const measure = async (feed: {
  readonly aheadMs: number;
  readonly tellsTime: boolean;
  readonly host: string;
}): Promise<MeasuredLoad> => {
  await using server = await startFeedOnAnotherClock(feed);
  const { httpUrl } = server;
  const target: Target = {
    kind: 'external',
    label: 'a feed on another clock',
    httpUrl,
    path: 'loopback',
    instances: 1,
    sharesMachine: feed.host === '127.0.0.1',
    webSocketUrl: `${httpUrl.replace('http', 'ws').replace('127.0.0.1', feed.host)}/ws`,
    tokenPlacement: 'query',
    tokenSource: { kind: 'none' },
    headers: {},
    origin: null,
    certificateAuthority: null,
    handshakeTimeoutMs: 10_000,
    offersCompression: false,
    initialMessages: { count: 2, withinMs: 2_000 },
    features: { marketDataFeed: true, monitoring: feed.tellsTime, signedTokens: false },
    server: { kind: 'none' },
    logFile: null,
    notices: [],
  };
  return await measureLoad({
    target,
    profile: listenToFeed({ connections: 3, holdSeconds: 1.5 }),
    label: 'clock',
    signal: AbortSignal.timeout(60_000),
    onProgress: () => undefined,
  });
};

test.for([90_000, -90_000])('latency is true though the server’s clock is %i ms ahead', async (aheadMs) => {
  const { metrics, publisherClock } = await measure({ aheadMs, tellsTime: true, host: '127.0.0.1' });
  expect(publisherClock).toMatchObject({ kind: 'estimated' });
  if (publisherClock?.kind !== 'estimated') return;
  const { uncertaintyMs } = publisherClock;
  expect(Math.abs(publisherClock.offsetMs - aheadMs)).toBeLessThanOrEqual(uncertaintyMs + 0.5);
  expect(aggregate(metrics, quotesTooEarly, 'count')).toBe(0);
  expect(aggregate(metrics, quoteLatency, 'min')).toBeGreaterThanOrEqual(-uncertaintyMs);
  // Without the correction it would be a minute and a half.
  expect(aggregate(metrics, quoteLatency, 'p50')).toBeLessThan(10_000);
});

test('where nobody tells the time of an address of this machine, a clock that is ahead shows as quotes that come too early', async () => {
  const { metrics } = await measure({ aheadMs: 90_000, tellsTime: false, host: '127.0.0.1' });
  expect(aggregate(metrics, quotesTooEarly, 'count')).toBeGreaterThan(0);
  expect(aggregate(metrics, quoteLatency, 'max')).toBeLessThan(-10_000);
});

test('where a clock can not be known there is no latency, and a promise about it is inconclusive with the reason', async () => {
  // A name that leads here, as that of another machine would.
  const measured = await measure({ aheadMs: 0, tellsTime: false, host: '127.0.0.1.invalid' });
  expect(measured.metrics).not.toHaveProperty(quoteLatency.name);
  expect(measured.publisherClock).toMatchObject({ kind: 'unknown' });
  const evidence = { ...measured, validity: { conclusive: true, checks: [] } };
  expect(judge(below(quoteLatency, 'p95', 100), evidence)).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringContaining('has no monitoring endpoint that would tell its time') as string,
  });
});

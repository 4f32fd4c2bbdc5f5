import { setTimeout as sleep } from 'node:timers/promises';
import { clockFromEpoch, startClock } from '../harness/connection/clock.ts';
import type { Dial, DialSettings } from '../harness/connection/dial.ts';
import { openConnection } from '../harness/connection/open-connection.ts';
import { driveLoad } from '../harness/load/drive-load.ts';
import { readMarketMessage } from '../harness/load/market-messages.ts';
import { mergeResults } from '../harness/load/merge-results.ts';
import { pingMessage } from '../harness/load/ping-message.ts';
import type { LoadPlan } from '../harness/load/plan.ts';
import { pingRoundTrips, ramp, type LoadProfile } from '../harness/load/profile.ts';
import type { LoadResult } from '../harness/load/run-load.ts';
import { connectTime, roundTripTime } from '../harness/metrics/catalogue.ts';
import { checkValidity } from '../harness/validity/check-validity.ts';
import { Distribution } from '../harness/metrics/distribution.ts';
import { narrowestSlotMs } from '../harness/metrics/slot-grid.ts';
import type { Samples } from '../harness/metrics/samples.ts';
import { summarize } from '../harness/metrics/summarize.ts';
import type { AgentProgress } from '../harness/load/agent-result.ts';
import { answerRequests } from './answer-requests.ts';
import { epochMs } from './epoch-clock.ts';
import {
  type EchoReply,
  type GeneratorRequest,
  type OpeningReply,
  type PacedReply,
} from './generator-protocol.ts';
import { settledResidentBytes, usedCpuMs } from './own-usage.ts';
import type { Spread } from './spread.ts';

// Our generator as its agents run it, in a process that can be asked what the load cost.

const startsInMs = 20;
const holdSeconds = 1.5;

const dialSettings: DialSettings = {
  origin: null,
  certificateAuthority: null,
  handshakeTimeoutMs: 30_000,
  maxMessageBytes: 1_048_576,
};

const dialOf = (url: string): Dial => ({ url, subprotocols: [], headers: {} });

const spreadOfSamples = (samples: Samples | undefined): Spread | null =>
  samples?.kind !== 'trend' || samples.mean === null
    ? null
    : {
        count: samples.count,
        meanMs: samples.mean,
        p50Ms: samples.p50 ?? 0,
        p95Ms: samples.p95 ?? 0,
        p99Ms: samples.p99 ?? 0,
      };

const drive = async (
  url: string,
  profile: LoadProfile,
  onProgress: (progress: AgentProgress) => void,
): Promise<LoadResult> => {
  const plan: LoadPlan = {
    profile,
    dials: [dialOf(url)],
    settings: dialSettings,
    initialMessages: { count: 0, withinMs: 0 },
    checksQuotes: false,
    watched: [],
    grid: { warmUpMs: 0, slotMs: narrowestSlotMs },
    publisherClock: null,
  };
  const startedAtEpochMs = epochMs() + startsInMs;
  const result = await driveLoad({
    plan,
    share: { part: 0, of: 1 },
    clock: clockFromEpoch(startedAtEpochMs),
    signal: new AbortController().signal,
    onProgress,
  });
  return {
    ...mergeResults([result]),
    planned: result.attempts.length,
    startedAtEpochMs,
    interrupted: null,
    sourceAddresses: [],
  };
};

const open = async (url: string, connections: number): Promise<OpeningReply> => {
  const residentBytesBefore = await settledResidentBytes();
  const profile = ramp({ connections, delaySeconds: 0, holdSeconds });
  const cpuBeforeMs = usedCpuMs();
  let held: { readonly cpuMs: number; readonly residentBytes: Promise<number> } | null = null;
  const result = await drive(url, profile, ({ point }) => {
    // The first look after the opening: what is used from here on is the hold's.
    if (held === null && point.open === connections) {
      held = { cpuMs: usedCpuMs(), residentBytes: settledResidentBytes() };
    }
  });
  const { cpuMs, residentBytes } = held ?? { cpuMs: usedCpuMs(), residentBytes: settledResidentBytes() };
  const opened = result.attempts.filter((attempt) => attempt.outcome === 'opened');
  const firstDialAtMs = Math.min(...opened.map(({ startedAtMs }) => startedAtMs));
  const lastOpenAtMs = Math.max(...opened.map(({ openedAtMs }) => openedAtMs));
  const summary = summarize(result, false);
  return {
    window: {
      fromEpochMs: result.startedAtEpochMs + firstDialAtMs,
      toEpochMs: result.startedAtEpochMs + lastOpenAtMs,
    },
    opened: opened.length,
    failed: result.attempts.length - opened.length,
    connectTime: spreadOfSamples(summary[connectTime.name]),
    cpuMs: cpuMs - cpuBeforeMs,
    residentBytesBefore,
    residentBytesHeld: await residentBytes,
    ...checkValidity(result, profile, summary),
  };
};

const echo = async (request: Extract<GeneratorRequest, { kind: 'echo' }>): Promise<EchoReply> => {
  let roundTrip = new Distribution();
  let isOver = false;
  const clock = startClock();
  const startEchoing = async (): Promise<void> => {
    let id = 0;
    let sentAtMs = 0;
    let send: (() => void) | null = null;
    const opening = await openConnection(dialOf(request.url), dialSettings, clock, {
      onMessage: (data) => {
        const message = readMarketMessage(data);
        if (message.type !== 'pong' || message.id !== id) return;
        roundTrip.record(clock() - sentAtMs);
        if (!isOver) send?.();
      },
      onPong: () => undefined,
      onClose: () => undefined,
    });
    if (opening.outcome === 'failed') throw new Error(`Not opened: ${opening.failure.reason}.`);
    send = () => {
      id += 1;
      sentAtMs = clock();
      opening.socket.send(pingMessage(id));
    };
    send();
  };
  await Promise.all(Array.from({ length: request.connections }, startEchoing));
  await sleep(request.warmUpMs);
  roundTrip = new Distribution();
  const fromEpochMs = epochMs();
  const cpuBeforeMs = usedCpuMs();
  await sleep(request.windowMs);
  const cpuMs = usedCpuMs() - cpuBeforeMs;
  const toEpochMs = epochMs();
  isOver = true;
  const spread = spreadOfSamples(roundTrip.samples());
  return {
    window: { fromEpochMs, toEpochMs },
    roundTrips: spread?.count ?? 0,
    cpuMs,
    roundTrip: spread,
  };
};

const paced = async (request: Extract<GeneratorRequest, { kind: 'paced' }>): Promise<PacedReply> => {
  const profile = pingRoundTrips({
    connections: request.connections,
    delaySeconds: request.everyMs / request.connections / 1_000,
    holdSeconds: request.durationMs / 1_000,
    everySeconds: request.everyMs / 1_000,
  });
  const result = await drive(request.url, profile, () => undefined);
  return {
    window: {
      fromEpochMs: result.startedAtEpochMs + result.openingOverAtMs,
      toEpochMs: result.startedAtEpochMs + result.holdOverAtMs,
    },
    roundTrip: spreadOfSamples(summarize(result, false)[roundTripTime.name]),
  };
};

answerRequests((request: GeneratorRequest) => {
  switch (request.kind) {
    case 'open':
      return open(request.url, request.connections);
    case 'echo':
      return echo(request);
    case 'paced':
      return paced(request);
    default:
      return request satisfies never;
  }
});

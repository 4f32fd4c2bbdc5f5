import { pingLoop } from '../harness/load/behaviour.ts';
import type { LoadPlan } from '../harness/load/plan.ts';
import { pingRoundTrips, ramp } from '../harness/load/profile.ts';
import type { LoadResult } from '../harness/load/run-load.ts';
import { connectTime, roundTripTime } from '../harness/metrics/catalogue.ts';
import type { Samples } from '../harness/metrics/samples.ts';
import { summarize } from '../harness/metrics/summarize.ts';
import { checkValidity } from '../harness/validity/check-validity.ts';
import { answerRequests } from './answer-requests.ts';
import { benchPlan } from './bench-plan.ts';
import { driveAlone, rehearseAlone } from './drive-alone.ts';
import {
  warmUpTooShort,
  type EchoReply,
  type GeneratorRequest,
  type HoldingReply,
  type OpeningReply,
  type PacedReply,
} from './generator-protocol.ts';
import { settledResidentBytes, usedCpuMs } from './own-usage.ts';
import type { Spread } from './spread.ts';

// Our generator as its agents run it, in a process that can be asked what the load cost: whatever is measured is driven
// by the product's own plan, behaviour and tallies.

type Request<Kind extends GeneratorRequest['kind']> = Extract<GeneratorRequest, { kind: Kind }>;

const openHoldSeconds = 1.5;
const msPerSecond = 1_000;

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

const openedOf = ({
  attempts,
  startedAtEpochMs,
}: LoadResult): Pick<OpeningReply, 'window' | 'opened' | 'failed'> => {
  const opened = attempts.filter((attempt) => attempt.outcome === 'opened');
  return {
    window: {
      fromEpochMs: startedAtEpochMs + Math.min(...opened.map(({ startedAtMs }) => startedAtMs)),
      toEpochMs: startedAtEpochMs + Math.max(...opened.map(({ openedAtMs }) => openedAtMs)),
    },
    opened: opened.length,
    failed: attempts.length - opened.length,
  };
};

const open = async ({ url, connections }: Request<'open'>): Promise<OpeningReply> => {
  const profile = ramp({ connections, delaySeconds: 0, holdSeconds: openHoldSeconds });
  const plan = benchPlan(url, profile);
  await rehearseAlone(plan);
  const cpuBeforeMs = usedCpuMs();
  let cpuMs = 0;
  const result = await driveAlone(plan, (stage) => {
    if (stage === 'opened') cpuMs = usedCpuMs() - cpuBeforeMs;
  });
  const summary = summarize(result, false);
  const { conclusive, checks } = checkValidity(result, profile, summary);
  return {
    ...openedOf(result),
    startedAtEpochMs: result.attempts.flatMap((attempt) =>
      attempt.outcome === 'opened' ? [result.startedAtEpochMs + attempt.startedAtMs] : [],
    ),
    connectTime: spreadOfSamples(summary[connectTime.name]),
    cpuMs,
    conclusive,
    failedChecks: checks.filter(({ passed }) => !passed),
  };
};

const hold = async ({ url, connections, thrownAway }: Request<'hold'>): Promise<HoldingReply> => {
  const planOf = (count: number): LoadPlan =>
    benchPlan(url, ramp({ connections: count, delaySeconds: 0, holdSeconds: 0 }));
  await rehearseAlone(planOf(connections));
  const residentBytesBefore = await settledResidentBytes();
  if (thrownAway > 0) await driveAlone(planOf(thrownAway));
  const cpuBeforeMs = usedCpuMs();
  let cpuMs = 0;
  let residentBytesHeld = 0;
  const result = await driveAlone(planOf(connections), async (stage) => {
    if (stage !== 'opened') return;
    cpuMs = usedCpuMs() - cpuBeforeMs;
    residentBytesHeld = await settledResidentBytes();
  });
  return { ...openedOf(result), cpuMs, residentBytesBefore, residentBytesHeld };
};

const echo = async ({ url, connections, warmUpMs, windowMs }: Request<'echo'>): Promise<EchoReply> => {
  const profile = ramp({
    connections,
    delaySeconds: 0,
    holdSeconds: (warmUpMs + windowMs) / msPerSecond,
    whileOpen: pingLoop({ via: 'message' }),
  });
  const plan = benchPlan(url, profile, warmUpMs);
  await rehearseAlone(plan);
  // The tally counts what is sent from the end of the plan's warm-up on; processor time is read at the same moments, each
  // of them a turn of the event loop late at most.
  let cpuBeforeMs = 0;
  let cpuMs = 0;
  const result = await driveAlone(plan, (stage, clock) => {
    if (stage === 'held') {
      cpuMs = usedCpuMs() - cpuBeforeMs;
      return;
    }
    const warmInMs = warmUpMs - clock();
    if (warmInMs <= 0) throw new Error(warmUpTooShort);
    setTimeout(() => {
      cpuBeforeMs = usedCpuMs();
    }, warmInMs);
  });
  const roundTrip = spreadOfSamples(summarize(result, false)[roundTripTime.name]);
  return {
    window: {
      fromEpochMs: result.startedAtEpochMs + warmUpMs,
      toEpochMs: result.startedAtEpochMs + result.holdOverAtMs,
    },
    roundTrips: roundTrip?.count ?? 0,
    cpuMs,
    roundTrip,
  };
};

const paced = async (request: Request<'paced'>): Promise<PacedReply> => {
  const profile = pingRoundTrips({
    connections: request.connections,
    delaySeconds: request.everyMs / request.connections / msPerSecond,
    holdSeconds: request.durationMs / msPerSecond,
    everySeconds: request.everyMs / msPerSecond,
  });
  const plan = benchPlan(request.url, profile);
  await rehearseAlone(plan);
  const result = await driveAlone(plan);
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
      return open(request);
    case 'hold':
      return hold(request);
    case 'echo':
      return echo(request);
    case 'paced':
      return paced(request);
    default:
      return request satisfies never;
  }
});

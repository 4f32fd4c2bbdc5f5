import { clockFromEpoch } from '../harness/connection/clock.ts';
import type { ConnectionAttempt } from '../harness/connection/attempt.ts';
import { driveLoad } from '../harness/load/drive-load.ts';
import type { LoadPlan, Share } from '../harness/load/plan.ts';
import { answerRequests } from './answer-requests.ts';
import { driveAlone, rehearseAlone } from './drive-alone.ts';
import { epochMs } from './epoch-clock.ts';
import { settledResidentBytes, usedCpuMs } from './own-usage.ts';

// One of several of our generators that share a load, as an agent drives it, in a process that can be asked what its
// share cost while all of it is held.

/** What such a process is asked, in this order. */
export type ScaleRequest =
  /** Rehearse, then open and close all of another load, so that what is measured is warm code at every size. */
  | {
      readonly kind: 'prepare';
      readonly plan: LoadPlan;
      readonly share: Share;
      readonly thrownAway: LoadPlan;
    }
  /** Open the share from this moment on; answered once it is open, and held until it is released. */
  | { readonly kind: 'open'; readonly startAtEpochMs: number }
  | { readonly kind: 'release' };

/** What a share cost to open and to hold. */
export interface ScaleReply {
  readonly openedAtEpochMs: number;
  readonly cpuMs: number;
  readonly residentBytesBefore: number;
  readonly residentBytesHeld: number;
}

/** What became of a share. */
export interface ScaleEnd {
  readonly opened: number;
  readonly failed: number;
  /** Of the attempts that failed, the reasons. */
  readonly reasons: readonly string[];
}

let prepared: { readonly plan: LoadPlan; readonly share: Share; readonly residentBytes: number } | null =
  null;
let driving: Promise<readonly ConnectionAttempt[]> = Promise.resolve([]);
const released = Promise.withResolvers<void>();

const prepare = async ({
  plan,
  share,
  thrownAway,
}: Extract<ScaleRequest, { kind: 'prepare' }>): Promise<void> => {
  await rehearseAlone(plan);
  prepared = { plan, share, residentBytes: await settledResidentBytes() };
  await driveAlone(thrownAway);
};

const open = async (startAtEpochMs: number): Promise<ScaleReply> => {
  if (prepared === null) throw new Error('A share is prepared before it is opened.');
  const { plan, share, residentBytes } = prepared;
  const cpuBeforeMs = usedCpuMs();
  const isOpen = Promise.withResolvers<{ readonly cpuMs: number; readonly openedAtEpochMs: number }>();
  driving = driveLoad({
    plan,
    share,
    clock: clockFromEpoch(startAtEpochMs),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    meetOthers: async () => {
      isOpen.resolve({ cpuMs: usedCpuMs() - cpuBeforeMs, openedAtEpochMs: epochMs() });
      await released.promise;
    },
  }).then(({ attempts }) => attempts);
  return {
    ...(await isOpen.promise),
    residentBytesBefore: residentBytes,
    residentBytesHeld: await settledResidentBytes(),
  };
};

const release = async (): Promise<ScaleEnd> => {
  released.resolve();
  const attempts = await driving;
  const failed = attempts.filter((attempt) => attempt.outcome === 'failed');
  return {
    opened: attempts.filter(({ outcome }) => outcome === 'opened').length,
    failed: failed.length,
    reasons: [...new Set(failed.map(({ failure }) => failure.reason))],
  };
};

answerRequests((request: ScaleRequest) => {
  switch (request.kind) {
    case 'prepare':
      return prepare(request);
    case 'open':
      return open(request.startAtEpochMs);
    case 'release':
      return release();
    default:
      return request satisfies never;
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mean } from 'simple-statistics';
import { expect, test } from 'vitest';
import { openTarget, type Target } from '../../fixtures/targets/index.ts';
import { tokenFor } from '../../fixtures/tokens/index.ts';
import { startClock } from '../harness/connection/clock.ts';
import { openConnection } from '../harness/connection/open-connection.ts';
import { ramp } from '../harness/load/profile.ts';
import { connectTime } from '../harness/metrics/catalogue.ts';
import { aggregate } from '../harness/metrics/samples.ts';
import { defaultSettings } from './default-settings.ts';
import { makeDial } from './make-dials.ts';
import { measureLoad } from './measure-load.ts';

const handshakeDelayMs = 100;
const silent = { onMessage: () => undefined, onPong: () => undefined, onClose: () => undefined };

/** Dials one connection at a time from this otherwise idle process, and returns the connect times in ms. */
const probeUntil = async (target: Target, signal: AbortSignal): Promise<number[]> => {
  const clock = startClock();
  const settings = {
    origin: null,
    certificateAuthority: null,
    handshakeTimeoutMs: 10_000,
    maxMessageBytes: 1_048_576,
  };
  const times: number[] = [];
  while (!signal.aborted) {
    const opening = await openConnection(makeDial(target, tokenFor(target, 0)), settings, clock, silent);
    if (opening.outcome === 'opened') {
      times.push(opening.openedAtMs - opening.phases.startedAtMs);
      opening.socket.terminate();
    }
    await sleep(20);
  }
  return times;
};

test.for([
  { connections: 20, delaySeconds: 0.1 },
  { connections: 200, delaySeconds: 0.01 },
])(
  'the average connect time of $connections connections is within 5 % of what an idle side probe sees',
  async ({ connections, delaySeconds }) => {
    const root = await mkdtemp(join(tmpdir(), 'ws-perf-gate-truth-'));
    try {
      await using opened = await openTarget({
        ...defaultSettings(root).target,
        kind: 'process',
        serverEnvironment: { FAULT_HANDSHAKE_DELAY_MS: String(handshakeDelayMs) },
      });
      const over = new AbortController();
      const probing = probeUntil(opened.target, over.signal);
      const measured = await measureLoad({
        target: opened.target,
        profile: ramp({ connections, delaySeconds, holdSeconds: 0 }),
        label: 'truth',
        signal: AbortSignal.timeout(60_000),
        onProgress: () => undefined,
      });
      over.abort();
      const probed = mean(await probing);
      const reported = aggregate(measured.metrics, connectTime, 'mean') ?? Number.NaN;
      console.log(
        `${String(connections)} connections: reported ${reported.toFixed(2)} ms, side probe ${probed.toFixed(2)} ms`,
      );
      expect(measured.validity.conclusive).toBe(true);
      expect(probed).toBeGreaterThanOrEqual(handshakeDelayMs - 1);
      expect(Math.abs(reported / probed - 1)).toBeLessThanOrEqual(0.05);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
);

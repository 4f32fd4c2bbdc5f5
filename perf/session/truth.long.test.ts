import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mean } from 'simple-statistics';
import { expect, test } from 'vitest';
import { openTarget, type Target } from '../../fixtures/targets/index.ts';
import { tokenFor } from '../../fixtures/tokens/index.ts';
import { ramp, type LoadProfile } from '../harness/load/profile.ts';
import { connectTime } from '../harness/metrics/catalogue.ts';
import { aggregate } from '../harness/metrics/samples.ts';
import { defaultSettings } from './default-settings.ts';
import { makeDial } from './make-dials.ts';
import { measureLoad } from './measure-load.ts';

const handshakeDelayMs = 100;
const sideProbe = fileURLToPath(new URL('./testing/side-probe.ts', import.meta.url));

/** Starts an otherwise idle process that dials one connection at a time; `end` gives the connect times in ms. */
const startSideProbe = async (target: Target): Promise<{ end(): Promise<number[]> }> => {
  const { url } = makeDial(target, tokenFor(target, 0));
  const child = spawn(process.execPath, [sideProbe, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await once(child.stdout, 'data');
  return {
    end: async () => {
      child.kill();
      await once(child, 'close');
      return printed.split('\n').slice(0, -1).map(Number);
    },
  };
};

/** One load with a probe beside it: the average connect times that the two saw, in ms. */
const measureBeside = async (
  profile: LoadProfile,
): Promise<{ readonly conclusive: boolean; readonly reported: number; readonly probed: number }> => {
  const root = await mkdtemp(join(tmpdir(), 'ws-perf-gate-truth-'));
  try {
    await using opened = await openTarget({
      ...defaultSettings(root).target,
      kind: 'process',
      serverEnvironment: { FAULT_HANDSHAKE_DELAY_MS: String(handshakeDelayMs) },
    });
    const probe = await startSideProbe(opened.target);
    const measured = await measureLoad({
      target: opened.target,
      profile,
      label: 'truth',
      signal: AbortSignal.timeout(60_000),
      onProgress: () => undefined,
    });
    const probed = mean(await probe.end());
    const reported = aggregate(measured.metrics, connectTime, 'mean') ?? Number.NaN;
    return { conclusive: measured.validity.conclusive, reported, probed };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};

test.for([
  { connections: 20, delaySeconds: 0.1 },
  { connections: 200, delaySeconds: 0.01 },
])(
  'the average connect time of $connections connections is within 5 % of what an idle side probe sees',
  async ({ connections, delaySeconds }) => {
    const profile = ramp({ connections, delaySeconds, holdSeconds: 0 });
    let seen = await measureBeside(profile);
    for (let tried = 1; !seen.conclusive && tried < 3; tried += 1) seen = await measureBeside(profile);
    const { conclusive, reported, probed } = seen;
    console.log(
      `${String(connections)} connections: reported ${reported.toFixed(2)} ms, side probe ${probed.toFixed(2)} ms`,
    );
    expect(conclusive).toBe(true);
    expect(probed).toBeGreaterThanOrEqual(handshakeDelayMs - 1);
    expect(Math.abs(reported / probed - 1)).toBeLessThanOrEqual(0.05);
  },
);

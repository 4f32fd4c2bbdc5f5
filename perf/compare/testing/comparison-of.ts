import { defaultTargetRequest } from '../../../fixtures/targets/index.ts';
import { ownServerTarget } from '../../../fixtures/targets/own-server-target.ts';
import { chooseGated } from '../choose-gated.ts';
import type { Comparison } from '../comparison-record.ts';
import type { Contestant } from '../contestant.ts';
import { judgeGate } from '../judge-gate.ts';
import { makeComparison } from '../make-comparison.ts';
import { measuredMetric } from '../run-gate.ts';
import type { MeasuredBlock } from '../run-block.ts';
import { perSide, type PerSide } from '../side.ts';

const contestant = (label: string, commit: string, canRestart: boolean): Contestant => ({
  label,
  commit,
  canRestart,
  open: () => Promise.reject(new Error('Nothing is opened here.')),
});

/** The comparison that these blocks make. */
export const comparisonOf = (
  blocks: readonly MeasuredBlock[],
  options: {
    readonly confirms?: Comparison;
    readonly isStrict?: boolean;
    readonly isFirstOfTwo?: boolean;
    readonly disarmed?: Comparison['disarmed'];
    readonly label?: string;
    readonly canRestart?: boolean;
    readonly identities?: PerSide<string>;
  } = {},
): Comparison => {
  const gated = chooseGated([], []);
  const target = ownServerTarget(defaultTargetRequest('/logs'), {
    kind: 'process',
    label: 'process (reference server, Redis embedded)',
    httpUrl: 'http://127.0.0.1:1',
    server: { kind: 'none' },
    logFile: null,
    notices: [],
    path: 'loopback',
    instances: 1,
    sharesMachine: true,
    secret: 'secret',
  });
  return makeComparison({
    sessionId: '20261122T000000Z-abcdef',
    startedAt: new Date(0),
    finishedAt: new Date(60_000),
    seed: 42,
    contestants: {
      base: contestant('aaaaaaaaa (main)', 'a'.repeat(40), options.canRestart ?? true),
      head: contestant(options.label ?? 'bbbbbbbbb', 'b'.repeat(40), options.canRestart ?? true),
    },
    identities: options.identities ?? { base: 'a'.repeat(64), head: 'b'.repeat(64) },
    targets: perSide(() => target),
    machine: {
      node: 'v24.0.0',
      platform: 'linux x64',
      cpuModel: 'CPU',
      cores: 2,
      memoryBytes: 1,
      packageVersion: '0.1.0',
      commit: null,
    },
    notices: [],
    gated,
    progress: {
      blocks,
      verdict: judgeGate(gated.map((metric) => measuredMetric(metric, blocks))),
      mostBlocks: 28,
      estimates: [],
    },
    confirms: options.confirms ?? null,
    isStrict: options.isStrict ?? false,
    isFirstOfTwo: options.isFirstOfTwo ?? false,
    disarmed: options.disarmed ?? null,
    command: 'npm run perf:compare -- --base aaaaaaaaa --seed 42',
  });
};

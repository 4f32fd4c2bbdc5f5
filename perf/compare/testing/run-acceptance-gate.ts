import { median } from 'simple-statistics';
import { watchNeighbours } from '../../bench/watch-neighbours.ts';
import { chooseGated } from '../choose-gated.ts';
import { runGate } from '../run-gate.ts';
import { valueOfBlock } from '../value-of-block.ts';
import type { Change, GateEntry } from './acceptance-journal.ts';
import type { ReferenceServers } from './reference-servers.ts';

/** Which gate of a sitting is to be run. */
export interface AcceptanceGate {
  readonly change: Change;
  readonly index: number;
  readonly seed: number;
  readonly burnMs: number;
}

/** Runs one gate by the default metrics, as the command does once both servers are built. */
export const runAcceptanceGate = async (
  { bundleId, contestant }: ReferenceServers,
  { change, index, seed, burnMs }: AcceptanceGate,
): Promise<GateEntry> => {
  const neighbours = await watchNeighbours();
  const startedAtMs = performance.now();
  const { blocks, verdict } = await runGate({
    contestants: {
      base: contestant('base', 0),
      head: contestant('head', burnMs),
    },
    gated: chooseGated([], []),
    seed,
    signal: new AbortController().signal,
  });
  const tookMs = performance.now() - startedAtMs;
  if (verdict.outcome === 'open') throw new Error('A gate ends with a verdict.');
  return {
    kind: 'gate',
    bundleId,
    change,
    index,
    seed,
    burnMs,
    verdict: verdict.outcome,
    metrics: verdict.metrics.map(({ metric, verdict: said }) => {
      const shift = 'evidence' in said ? (said.evidence?.shift ?? null) : null;
      return {
        name: metric.name,
        outcome: said.outcome,
        estimate: shift?.estimate ?? null,
        lower: shift?.lower ?? null,
        upper: shift?.upper ?? null,
      };
    }),
    blocks: blocks.length,
    tookMs,
    baseConnectMs: median(blocks.map(({ base }) => valueOfBlock('connect', base) ?? Number.NaN)),
    neighbourCores: await neighbours(),
  };
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { ValidityCheck } from '../harness/record/run-record.ts';
import { BenchProcess } from './bench-process.ts';
import type { GeneratorRequest, OpeningReply } from './generator-protocol.ts';
import type { ProbeRequest } from './side-probe.ts';
import type { Spread } from './spread.ts';
import { startLeanServer } from './start-lean-server.ts';
import { starvingArguments, whileStarved, type Starvation } from './starving/starve.ts';
import { watchNeighbours } from './watch-neighbours.ts';

const handshakeDelayMs = 100;
const probeHeadStartMs = 300;
const allowanceMs = 60_000;
/** The errors that a run may have and still be called true. */
const allowedMeanError = 0.03;
const allowedP95Error = 0.15;

/** What our generator said of itself in one opening at full speed, and how true it was. */
export interface GuardSitting {
  readonly starvation: Starvation;
  readonly connections: number;
  /** Reported / probed − 1. */
  readonly meanError: number;
  readonly p95Error: number;
  readonly isTrue: boolean;
  readonly conclusive: boolean;
  readonly failedChecks: readonly ValidityCheck[];
  /** What others on this machine used meanwhile, in cores; null where it can not be known. */
  readonly neighbours: number | null;
}

const openBesideProbe = async (
  starvation: Starvation,
  connections: number,
): Promise<{ readonly reply: OpeningReply; readonly probed: Spread | null }> => {
  await using server = await startLeanServer(handshakeDelayMs);
  await using probe = await BenchProcess.start('side-probe.ts');
  await using generator = await BenchProcess.start('our-generator.ts', null, starvingArguments(starvation));
  const ask = (request: ProbeRequest): Promise<unknown> => probe.ask(request, allowanceMs);
  const request: GeneratorRequest = { kind: 'open', url: server.url, connections };
  // Awaited here: the processes are gone when this function returns.
  return await whileStarved(starvation, [server.pid, generator.pid], async () => {
    await ask({ kind: 'dial', port: server.port });
    await sleep(probeHeadStartMs);
    const reply = (await generator.ask(request, allowanceMs)) as OpeningReply;
    const probed = (await ask({ kind: 'stop-at', atEpochMs: reply.startedAtEpochMs })) as Spread | null;
    return { reply, probed };
  });
};

/** Opens at full speed against a 100 ms server, starved in one way, and holds what is reported against a side probe. */
export const judgeGuard = async (starvation: Starvation, connections: number): Promise<GuardSitting> => {
  const neighbours = await watchNeighbours();
  const { reply, probed } = await openBesideProbe(starvation, connections);
  const { connectTime, conclusive, failedChecks } = reply;
  if (connectTime === null || probed === null) throw new Error('Nothing was opened, or nothing was probed.');
  const meanError = connectTime.meanMs / probed.meanMs - 1;
  const p95Error = connectTime.p95Ms / probed.p95Ms - 1;
  return {
    starvation,
    connections,
    meanError,
    p95Error,
    isTrue: Math.abs(meanError) <= allowedMeanError && Math.abs(p95Error) <= allowedP95Error,
    conclusive: conclusive === true,
    failedChecks,
    neighbours: await neighbours(),
  };
};

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;

/** One line of a calibration. */
export const guardLine = (sitting: GuardSitting): string => {
  const { starvation, connections, meanError, p95Error, isTrue, conclusive, failedChecks, neighbours } =
    sitting;
  const failed = failedChecks.map(({ name, observed }) => `${name} ${observed?.toFixed(2) ?? ''}`);
  return (
    `${starvation}, ${String(connections)} connections: mean ${percent(meanError)}, p95 ${percent(p95Error)}, ` +
    `${isTrue ? 'true' : 'untrue'}, ${conclusive ? 'conclusive' : `inconclusive (${failed.join('; ')})`}` +
    `, neighbours ${neighbours?.toFixed(2) ?? 'unknown'} cores`
  );
};

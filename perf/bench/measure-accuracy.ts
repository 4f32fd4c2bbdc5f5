import type { ValidityCheck } from '../harness/record/run-record.ts';
import { BenchProcess } from './bench-process.ts';
import { generate, type Contender } from './generator.ts';
import type { ProbeRequest } from './side-probe.ts';
import { alternate, compare, type Comparison, type Pair } from './sittings.ts';
import type { Spread } from './spread.ts';
import { startLeanServer } from './start-lean-server.ts';
import { watchNeighbours } from './watch-neighbours.ts';

const handshakeDelayMs = 100;
const probeHeadStartMs = 300;
const probeAllowanceMs = 15_000;

/** What a generator reported of an opening, and what the side probe saw meanwhile. */
export interface Report {
  readonly reported: Spread;
  readonly probe: Spread;
  readonly conclusive: boolean | null;
  /** What the generator says against its own numbers. */
  readonly failedChecks: readonly ValidityCheck[];
  /** What others on this machine used meanwhile, as a share of one core's time; null where it is not known. */
  readonly neighbourCpuShare: number | null;
}

/** How true the reported connect time is when `connections` are opened at full speed against a 100 ms server. */
export interface AccuracyFigure {
  readonly connections: number;
  readonly sittings: readonly Pair<Report>[];
  /** Reported / probed, over the conclusive sittings where there are any: 1 is the truth. */
  readonly meanOfProbe: Comparison;
  readonly p95OfProbe: Comparison;
  /** Sittings in which ours said that its own numbers can not be true. */
  readonly inconclusive: number;
}

const reportBesideProbe = async (
  contender: Contender,
  connections: number,
  profileFolder: string | null,
): Promise<Omit<Report, 'neighbourCpuShare'>> => {
  await using server = await startLeanServer(handshakeDelayMs);
  await using probe = await BenchProcess.start('side-probe.ts');
  const ask = (request: ProbeRequest): Promise<unknown> => probe.ask(request, probeAllowanceMs);
  await ask({ kind: 'dial', port: server.port });
  await new Promise((resolve) => setTimeout(resolve, probeHeadStartMs));
  const { startedAtEpochMs, connectTime, conclusive, failedChecks, opened } = await generate(
    contender,
    { kind: 'open', url: server.url, connections },
    profileFolder,
  );
  const probed = (await ask({ kind: 'stop-at', atEpochMs: startedAtEpochMs })) as Spread | null;
  if (connectTime === null || probed === null) {
    throw new Error(
      `Of ${String(connections)} connections ${String(opened)} opened (${contender}), and the side probe has ${String(probed?.count ?? 0)} samples: nothing to compare.`,
    );
  }
  return { reported: connectTime, probe: probed, conclusive, failedChecks };
};

/** The processes of the report have ended when their neighbours' share is taken: their time is known by then. */
const report = async (
  contender: Contender,
  connections: number,
  profileFolder: string | null,
): Promise<Report> => {
  const neighbours = await watchNeighbours();
  const reported = await reportBesideProbe(contender, connections, profileFolder);
  return { ...reported, neighbourCpuShare: await neighbours() };
};

/** Measures how true the connect times are that ours and the naive loop report. */
export const measureAccuracy = async (
  connections: number,
  sittings: number,
  profileFolder: string | null,
): Promise<AccuracyFigure> => {
  const pairs = await alternate(sittings, (contender) => report(contender, connections, profileFolder));
  // What ours itself calls untrue is not held against it, where there is anything else.
  const conclusive = pairs.filter(({ ours }) => ours.conclusive !== false);
  const judged = conclusive.length === 0 ? pairs : conclusive;
  return {
    connections,
    sittings: pairs,
    meanOfProbe: compare(judged, ({ reported, probe }) => reported.meanMs / probe.meanMs),
    p95OfProbe: compare(judged, ({ reported, probe }) => reported.p95Ms / probe.p95Ms),
    inconclusive: pairs.length - conclusive.length,
  };
};

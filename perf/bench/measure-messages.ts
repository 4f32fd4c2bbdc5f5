import { median } from 'simple-statistics';
import { BenchProcess } from './bench-process.ts';
import type { BenchForm } from './form.ts';
import { generate, type Contender } from './generator.ts';
import type { EchoReply } from './generator-protocol.ts';
import type { ProbeRequest } from './side-probe.ts';
import { alternate, compare, type Comparison, type Pair } from './sittings.ts';
import type { Spread } from './spread.ts';
import { startLeanServer } from './start-lean-server.ts';

const msPerSecond = 1_000;
const microsecondsPerMs = 1_000;
const probeAllowanceMs = 15_000;

/** One window of echoes and what the server did meanwhile. */
export interface Echoes extends EchoReply {
  readonly serverCpuShare: number;
}

/** Messages as fast as possible: each connection sends the next as soon as the last is answered. */
export interface EchoFigure {
  readonly connections: number;
  readonly sittings: readonly Pair<Echoes>[];
  readonly roundTripsPerSecond: Comparison;
  readonly cpuMicrosecondsPerRoundTrip: Comparison;
  readonly serverCpuShare: number;
}

/** What a generator reported of paced pings, and what the side probe saw meanwhile. */
export interface PacedReport {
  readonly reported: Spread;
  readonly probe: Spread;
}

/** Pings at a fixed rate: reported / probed, where 1 is the truth. */
export interface PacedFigure {
  readonly messagesPerSecond: number;
  readonly sittings: readonly Pair<PacedReport>[];
  readonly p50OfProbe: Comparison;
  readonly p99OfProbe: Comparison;
}

/** Measures round trips as fast as possible, ours beside the naive loop's. */
export const measureEcho = async (
  { echo, sittings }: BenchForm,
  profileFolder: string | null,
): Promise<EchoFigure> => {
  const pairs = await alternate(sittings, async (contender): Promise<Echoes> => {
    await using server = await startLeanServer(0);
    const reply = await generate(contender, { kind: 'echo', url: server.url, ...echo }, profileFolder);
    return { ...reply, serverCpuShare: await server.cpuShare(reply.window) };
  });
  return {
    connections: echo.connections,
    sittings: pairs,
    roundTripsPerSecond: compare(
      pairs,
      ({ roundTrips, window }) => (roundTrips * msPerSecond) / (window.toEpochMs - window.fromEpochMs),
    ),
    cpuMicrosecondsPerRoundTrip: compare(
      pairs,
      ({ cpuMs, roundTrips }) => (cpuMs * microsecondsPerMs) / roundTrips,
    ),
    serverCpuShare: median(pairs.map(({ ours }) => ours.serverCpuShare)),
  };
};

const pacedReport = async (
  contender: Contender,
  { paced }: BenchForm,
  profileFolder: string | null,
): Promise<PacedReport> => {
  await using server = await startLeanServer(0);
  await using probe = await BenchProcess.start('side-probe.ts');
  const ask = (request: ProbeRequest): Promise<unknown> => probe.ask(request, probeAllowanceMs);
  const { connections, everyMs } = paced;
  await ask({ kind: 'ping', port: server.port, connections, everyMs: everyMs / connections });
  const request = { kind: 'paced', url: server.url, ...paced } as const;
  const { roundTrip, window } = await generate(contender, request, profileFolder);
  const probed = (await ask({ kind: 'stop', ...window })) as Spread | null;
  if (roundTrip === null || probed === null) throw new Error('No ping was answered: nothing to compare.');
  return { reported: roundTrip, probe: probed };
};

/** Measures how true the round-trip times are that ours and the naive loop report at a fixed rate. */
export const measurePaced = async (form: BenchForm, profileFolder: string | null): Promise<PacedFigure> => {
  const pairs = await alternate(form.sittings, (contender) => pacedReport(contender, form, profileFolder));
  return {
    messagesPerSecond: (form.paced.connections * msPerSecond) / form.paced.everyMs,
    sittings: pairs,
    p50OfProbe: compare(pairs, ({ reported, probe }) => reported.p50Ms / probe.p50Ms),
    p99OfProbe: compare(pairs, ({ reported, probe }) => reported.p99Ms / probe.p99Ms),
  };
};

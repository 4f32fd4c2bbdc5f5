import { median } from 'simple-statistics';
import { generate, type Contender } from './generator.ts';
import type { HoldingReply, OpeningReply } from './generator-protocol.ts';
import { listenOverflows } from './listen-overflows.ts';
import { alternate, compare, type Comparison, type Pair } from './sittings.ts';
import { startLeanServer } from './start-lean-server.ts';

const msPerSecond = 1_000;
const bytesPerKilobyte = 1_024;

/** One opening and what the server did meanwhile. */
export interface Opening extends OpeningReply {
  readonly serverCpuShare: number;
  /** Connections that the system refused for a time because the server did not accept fast enough. */
  readonly listenOverflows: number;
}

/** What it takes to open and hold `connections` against a server that answers at once. */
export interface OpeningFigure {
  readonly connections: number;
  readonly sittings: readonly Pair<Opening>[];
  /**
   * For memory, in sittings of their own: a collection of garbage that is asked for is no part of a load, and would
   * speak against it.
   */
  readonly holdings: readonly Pair<HoldingReply>[];
  readonly connectionsPerSecond: Comparison;
  readonly cpuMsPerConnection: Comparison;
  readonly residentKilobytesPerConnection: Comparison;
  /** The share of a core that the server used while ours opened. */
  readonly serverCpuShare: number;
  /** Sittings in which ours said that its own numbers can not be true. */
  readonly inconclusive: number;
}

const assertAllOpened = (contender: Contender, connections: number, opened: number): void => {
  if (opened === connections) return;
  throw new Error(
    `Only ${String(opened)} of ${String(connections)} connections opened (${contender}): see the limits of open files and ports.`,
  );
};

const openOnce = async (
  contender: Contender,
  connections: number,
  profileFolder: string | null,
): Promise<Opening> => {
  await using server = await startLeanServer(0);
  const overflowsBefore = await listenOverflows();
  const reply = await generate(contender, { kind: 'open', url: server.url, connections }, profileFolder);
  assertAllOpened(contender, connections, reply.opened);
  return {
    ...reply,
    serverCpuShare: await server.cpuShare(reply.window),
    listenOverflows: (await listenOverflows()) - overflowsBefore,
  };
};

const holdOnce = async (contender: Contender, connections: number): Promise<HoldingReply> => {
  await using server = await startLeanServer(0);
  const request = { kind: 'hold', url: server.url, connections, thrownAway: 0 } as const;
  const reply = await generate(contender, request, null);
  assertAllOpened(contender, connections, reply.opened);
  return reply;
};

/** Measures speed, processor time and memory of an opening, ours beside the naive loop's. */
export const measureOpening = async (
  connections: number,
  sittings: number,
  profileFolder: string | null,
): Promise<OpeningFigure> => {
  const pairs = await alternate(sittings, (contender) => openOnce(contender, connections, profileFolder));
  const holdings = await alternate(sittings, (contender) => holdOnce(contender, connections));
  return {
    connections,
    sittings: pairs,
    holdings,
    connectionsPerSecond: compare(
      pairs,
      ({ window }) => (connections * msPerSecond) / (window.toEpochMs - window.fromEpochMs),
    ),
    cpuMsPerConnection: compare(pairs, ({ cpuMs }) => cpuMs / connections),
    residentKilobytesPerConnection: compare(
      holdings,
      ({ residentBytesBefore, residentBytesHeld }) =>
        (residentBytesHeld - residentBytesBefore) / bytesPerKilobyte / connections,
    ),
    serverCpuShare: median(pairs.map(({ ours }) => ours.serverCpuShare)),
    inconclusive: pairs.filter(({ ours }) => ours.conclusive === false).length,
  };
};

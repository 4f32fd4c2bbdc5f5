import { median } from 'simple-statistics';
import { generate, type Contender } from './generator.ts';
import type { OpeningReply } from './generator-protocol.ts';
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
  readonly connectionsPerSecond: Comparison;
  readonly cpuMsPerConnection: Comparison;
  readonly residentKilobytesPerConnection: Comparison;
  /** The share of a core that the server used while ours opened. */
  readonly serverCpuShare: number;
  /** Sittings in which ours said that its own numbers can not be true. */
  readonly inconclusive: number;
}

const openOnce = async (
  contender: Contender,
  connections: number,
  profileFolder: string | null,
): Promise<Opening> => {
  await using server = await startLeanServer(0);
  const overflowsBefore = await listenOverflows();
  const reply = await generate(contender, { kind: 'open', url: server.url, connections }, profileFolder);
  if (reply.opened !== connections) {
    throw new Error(
      `Only ${String(reply.opened)} of ${String(connections)} connections opened (${contender}): see the limits of open files and ports.`,
    );
  }
  return {
    ...reply,
    serverCpuShare: await server.cpuShare(reply.window),
    listenOverflows: (await listenOverflows()) - overflowsBefore,
  };
};

/** Measures speed, processor time and memory of an opening, ours beside the naive loop's. */
export const measureOpening = async (
  connections: number,
  sittings: number,
  profileFolder: string | null,
): Promise<OpeningFigure> => {
  const pairs = await alternate(sittings, (contender) => openOnce(contender, connections, profileFolder));
  return {
    connections,
    sittings: pairs,
    connectionsPerSecond: compare(
      pairs,
      ({ window }) => (connections * msPerSecond) / (window.toEpochMs - window.fromEpochMs),
    ),
    cpuMsPerConnection: compare(pairs, ({ cpuMs }) => cpuMs / connections),
    residentKilobytesPerConnection: compare(
      pairs,
      ({ residentBytesBefore, residentBytesHeld }) =>
        (residentBytesHeld - residentBytesBefore) / bytesPerKilobyte / connections,
    ),
    serverCpuShare: median(pairs.map(({ ours }) => ours.serverCpuShare)),
    inconclusive: pairs.filter(({ ours }) => ours.conclusive === false).length,
  };
};

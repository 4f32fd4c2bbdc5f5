import { availableParallelism } from 'node:os';
import { median } from 'simple-statistics';
import { assignLocalEndpoints } from '../harness/load/assign-local-endpoints.ts';
import { chooseAgents } from '../harness/load/choose-agents.ts';
import { connectionsPerAgent, openFileLimit } from '../harness/load/open-file-limit.ts';
import type { LoadPlan } from '../harness/load/plan.ts';
import { ramp } from '../harness/load/profile.ts';
import { benchPlan } from './bench-plan.ts';
import { BenchProcess } from './bench-process.ts';
import { epochMs } from './epoch-clock.ts';
import type { BenchForm } from './form.ts';
import { generate, type Contender } from './generator.ts';
import type { Window } from './generator-protocol.ts';
import { listenOverflows } from './listen-overflows.ts';
import type { ScaleEnd, ScaleReply, ScaleRequest } from './scale-agent.ts';
import type { LeanServer } from './start-lean-server.ts';
import { startLeanServers } from './start-lean-servers.ts';

const msPerSecond = 1_000;
const bytesPerKilobyte = 1_024;
const answerAllowanceMs = 180_000;
const startsInMs = 200;
/** The system spreads connections over the processes of one port by chance; each keeps room for its share being larger. */
const filledShare = 0.9;

/** One opening and holding of a load by all its agents, or by the naive loop, and what the servers did meanwhile. */
export interface ScaleSitting {
  readonly connectionsPerSecond: number;
  readonly cpuMsPerConnection: number;
  readonly residentKilobytesPerConnection: number;
  /** Share of one core's time, of all servers together. */
  readonly serverCpuShare: number;
  readonly listenOverflows: number;
}

/** What a connection costs where so many are opened as fast as possible and held together; medians over the sittings. */
export interface ScaleFigure {
  readonly connections: number;
  readonly agents: number;
  readonly servers: number;
  /** Addresses of this machine that our connections came from; 0: the system chose. */
  readonly sourceAddresses: number;
  readonly ours: ScaleSitting;
  /** Null where one process, which the naive loop is, may not have so many files open. */
  readonly naive: ScaleSitting | null;
  readonly sittings: Readonly<Record<Contender, readonly ScaleSitting[]>>;
}

const planOf = async (url: string, connections: number): Promise<LoadPlan> => {
  const plan = benchPlan(url, ramp({ connections, delaySeconds: 0, holdSeconds: 0 }));
  return { ...plan, localEndpoints: await assignLocalEndpoints(plan) };
};

const startAgents = async (
  stack: AsyncDisposableStack,
  count: number,
  profileFolder: string | null,
): Promise<readonly BenchProcess[]> => {
  const agents: BenchProcess[] = [];
  for (let part = 0; part < count; part += 1)
    agents.push(stack.use(await BenchProcess.start('scale-agent.ts', profileFolder)));
  return agents;
};

const askAll = (
  agents: readonly BenchProcess[],
  requestOf: (part: number) => ScaleRequest,
): Promise<unknown[]> =>
  Promise.all(agents.map((agent, part) => agent.ask(requestOf(part), answerAllowanceMs)));

const assertAllOpened = (ends: readonly ScaleEnd[], connections: number, held: number): void => {
  const opened = ends.reduce((total, end) => total + end.opened, 0);
  if (opened === connections && held === connections) return;
  const reasons = [...new Set(ends.flatMap((end) => end.reasons))].join(', ');
  throw new Error(
    `Only ${String(opened)} of ${String(connections)} connections opened, ${String(held)} of them held at once (${reasons}): see the limits of open files and ports.`,
  );
};

interface Size {
  readonly connections: number;
  readonly agents: number;
  readonly servers: number;
  /** Opened and closed first by each process. */
  readonly thrownAway: number;
}

/** What was opened and held, over all processes that did so. */
interface Held {
  readonly window: Window;
  readonly cpuMs: number;
  readonly residentBytes: number;
}

const sittingOf = async (
  connections: number,
  { window, cpuMs, residentBytes }: Held,
  servers: Pick<LeanServer, 'cpuShare'>,
  overflows: number,
): Promise<ScaleSitting> => ({
  connectionsPerSecond: (connections * msPerSecond) / (window.toEpochMs - window.fromEpochMs),
  cpuMsPerConnection: cpuMs / connections,
  residentKilobytesPerConnection: residentBytes / bytesPerKilobyte / connections,
  serverCpuShare: await servers.cpuShare(window),
  listenOverflows: overflows,
});

const sitOurs = async (
  { connections, agents, servers, thrownAway }: Size,
  profileFolder: string | null,
): Promise<{ readonly sitting: ScaleSitting; readonly sourceAddresses: number }> => {
  await using stack = new AsyncDisposableStack();
  const lean = stack.use(await startLeanServers(servers));
  const plan = await planOf(lean.url, connections);
  const generators = await startAgents(stack, agents, profileFolder);
  const warmUp = benchPlan(lean.url, ramp({ connections: thrownAway, delaySeconds: 0, holdSeconds: 0 }));
  await askAll(generators, (part) => ({
    kind: 'prepare',
    plan,
    share: { part, of: agents },
    thrownAway: warmUp,
  }));
  const overflowsBefore = await listenOverflows();
  const startAtEpochMs = Math.ceil(epochMs()) + startsInMs;
  const replies = (await askAll(generators, () => ({ kind: 'open', startAtEpochMs }))) as ScaleReply[];
  const held = await lean.openConnections();
  const overflows = (await listenOverflows()) - overflowsBefore;
  assertAllOpened((await askAll(generators, () => ({ kind: 'release' }))) as ScaleEnd[], connections, held);
  const sum = (of: (reply: ScaleReply) => number): number =>
    replies.reduce((total, reply) => total + of(reply), 0);
  const all = {
    window: {
      fromEpochMs: startAtEpochMs,
      toEpochMs: Math.max(...replies.map(({ openedAtEpochMs }) => openedAtEpochMs)),
    },
    cpuMs: sum(({ cpuMs }) => cpuMs),
    residentBytes: sum((reply) => reply.residentBytesHeld - reply.residentBytesBefore),
  };
  return {
    sitting: await sittingOf(connections, all, lean, overflows),
    sourceAddresses: plan.localEndpoints?.addresses.length ?? 0,
  };
};

const sitNaive = async (
  { connections, servers, thrownAway }: Size,
  profileFolder: string | null,
): Promise<ScaleSitting> => {
  await using lean = await startLeanServers(servers);
  const overflowsBefore = await listenOverflows();
  const reply = await generate(
    'naive',
    { kind: 'hold', url: lean.url, connections, thrownAway },
    profileFolder,
  );
  if (reply.opened !== connections)
    throw new Error(
      `Only ${String(reply.opened)} of ${String(connections)} connections opened (naive): see the limits of open files and ports.`,
    );
  const overflows = (await listenOverflows()) - overflowsBefore;
  const residentBytes = reply.residentBytesHeld - reply.residentBytesBefore;
  return await sittingOf(connections, { ...reply, residentBytes }, lean, overflows);
};

const medianOf = (sittings: readonly ScaleSitting[]): ScaleSitting => {
  const of = (quantity: (sitting: ScaleSitting) => number): number => median(sittings.map(quantity));
  return {
    connectionsPerSecond: of((one) => one.connectionsPerSecond),
    cpuMsPerConnection: of((one) => one.cpuMsPerConnection),
    residentKilobytesPerConnection: of((one) => one.residentKilobytesPerConnection),
    serverCpuShare: of((one) => one.serverCpuShare),
    listenOverflows: Math.max(...sittings.map((one) => one.listenOverflows)),
  };
};

/**
 * Measures what a connection costs at a size, with as many agents as a load takes by itself or as the form says, and
 * beside them what it costs the naive loop, where its one process can hold so many.
 */
export const measureScale = async (
  connections: number,
  { sittings, agents, at }: BenchForm['scale'],
  profileFolder: string | null,
): Promise<ScaleFigure> => {
  const openFiles = await openFileLimit();
  const { count } = chooseAgents({
    asked: agents,
    attempts: connections,
    connectionsAtOnce: connections,
    cores: availableParallelism(),
    serverIsLocal: true,
    openFiles,
  });
  const perProcess = connectionsPerAgent(openFiles);
  const servers = Math.max(count, Math.ceil(connections / (perProcess * filledShare)));
  // As many at each size, so that a size is not dear because its code was cold.
  const size = { connections, agents: count, servers, thrownAway: Math.min(...at) };
  const taken: Record<Contender, ScaleSitting[]> = { ours: [], naive: [] };
  let sourceAddresses = 0;
  for (let sitting = 0; sitting < sittings; sitting += 1) {
    const ours = await sitOurs(size, profileFolder);
    taken.ours.push(ours.sitting);
    sourceAddresses = ours.sourceAddresses;
    if (connections <= perProcess) taken.naive.push(await sitNaive(size, profileFolder));
  }
  return {
    connections,
    agents: count,
    servers,
    sourceAddresses,
    ours: medianOf(taken.ours),
    naive: taken.naive.length === 0 ? null : medianOf(taken.naive),
    sittings: taken,
  };
};

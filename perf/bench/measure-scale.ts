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
import { listenOverflows } from './listen-overflows.ts';
import type { ScaleEnd, ScaleReply, ScaleRequest } from './scale-agent.ts';
import { startLeanServers } from './start-lean-servers.ts';

const msPerSecond = 1_000;
const bytesPerKilobyte = 1_024;
const answerAllowanceMs = 180_000;
const startsInMs = 200;
/** The system spreads connections over the processes of one port by chance; each keeps room for its share being larger. */
const filledShare = 0.9;

/** One opening and holding of a load by all its agents, and what the servers did meanwhile. */
export interface ScaleSitting {
  readonly connectionsPerSecond: number;
  readonly cpuMsPerConnection: number;
  readonly residentKilobytesPerConnection: number;
  /** Share of one core's time, of all servers together. */
  readonly serverCpuShare: number;
  readonly listenOverflows: number;
}

/** What a connection costs where so many are opened as fast as possible and held together; medians over the sittings. */
export interface ScaleFigure extends ScaleSitting {
  readonly connections: number;
  readonly agents: number;
  readonly servers: number;
  /** Addresses of this machine that the connections came from; 0: the system chose. */
  readonly sourceAddresses: number;
  readonly sittings: readonly ScaleSitting[];
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
}

const sit = async (
  { connections, agents, servers }: Size,
  profileFolder: string | null,
): Promise<ScaleSitting & { readonly sourceAddresses: number }> => {
  await using stack = new AsyncDisposableStack();
  const lean = stack.use(await startLeanServers(servers));
  const plan = await planOf(lean.url, connections);
  const generators = await startAgents(stack, agents, profileFolder);
  await askAll(generators, (part) => ({ kind: 'prepare', plan, share: { part, of: agents } }));
  const overflowsBefore = await listenOverflows();
  const startAtEpochMs = Math.ceil(epochMs()) + startsInMs;
  const replies = (await askAll(generators, () => ({ kind: 'open', startAtEpochMs }))) as ScaleReply[];
  const held = await lean.openConnections();
  const overflows = (await listenOverflows()) - overflowsBefore;
  assertAllOpened((await askAll(generators, () => ({ kind: 'release' }))) as ScaleEnd[], connections, held);
  const sum = (of: (reply: ScaleReply) => number): number =>
    replies.reduce((total, reply) => total + of(reply), 0);
  const window = {
    fromEpochMs: startAtEpochMs,
    toEpochMs: Math.max(...replies.map(({ openedAtEpochMs }) => openedAtEpochMs)),
  };
  const residentBytes = sum((reply) => reply.residentBytesHeld - reply.residentBytesBefore);
  return {
    connectionsPerSecond: (connections * msPerSecond) / (window.toEpochMs - window.fromEpochMs),
    cpuMsPerConnection: sum(({ cpuMs }) => cpuMs) / connections,
    residentKilobytesPerConnection: residentBytes / bytesPerKilobyte / connections,
    serverCpuShare: await lean.cpuShare(window),
    listenOverflows: overflows,
    sourceAddresses: plan.localEndpoints?.addresses.length ?? 0,
  };
};

/** Measures what a connection costs at a size, with as many agents as a load takes by itself or as the form says. */
export const measureScale = async (
  connections: number,
  { sittings, agents }: BenchForm['scale'],
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
  const servers = Math.max(count, Math.ceil(connections / (connectionsPerAgent(openFiles) * filledShare)));
  const size = { connections, agents: count, servers };
  const taken: Awaited<ReturnType<typeof sit>>[] = [];
  for (let sitting = 0; sitting < sittings; sitting += 1) taken.push(await sit(size, profileFolder));
  const medianOf = (of: (sitting: ScaleSitting) => number): number => median(taken.map(of));
  return {
    ...size,
    sourceAddresses: taken[0]?.sourceAddresses ?? 0,
    sittings: taken,
    connectionsPerSecond: medianOf((one) => one.connectionsPerSecond),
    cpuMsPerConnection: medianOf((one) => one.cpuMsPerConnection),
    residentKilobytesPerConnection: medianOf((one) => one.residentKilobytesPerConnection),
    serverCpuShare: medianOf((one) => one.serverCpuShare),
    listenOverflows: Math.max(...taken.map((one) => one.listenOverflows)),
  };
};

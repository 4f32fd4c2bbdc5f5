import { HarnessError } from '../harness-error.ts';
import type { Arrivals } from './arrivals.ts';
import { askForLess } from './ask-for-less.ts';
import { connectionsPerAgent, openFilesFor } from './open-file-limit.ts';

/** More are not started: they would starve each other, and the machine would be measured. */
export const mostAgents = 64;

/**
 * How many attempts make another agent worth its while. One agent opens thousands of connections a second, and below
 * some thousand a second one adds more noise than speed: it starts cold, and competes with the server for the cores.
 */
const attemptsWorthAnAgent = 5_000;

/** What the number of agents depends on. */
export interface AgentNeeds {
  /** As the user or the scenario wants it; `auto` chooses. */
  readonly asked: 'auto' | number;
  readonly attempts: number;
  /** Of the plan, at most. */
  readonly connectionsAtOnce: number;
  /** Cores that this process may use. */
  readonly cores: number;
  /** The server runs on this machine, and needs a core of its own. */
  readonly serverIsLocal: boolean;
  /** How many files a process may have open here. */
  readonly openFiles: number;
  /** Of the plan, where there is one: what to ask for less of is said in its words. */
  readonly arrivals?: Arrivals;
}

/** How many agents drive a load, and why so many. */
export interface AgentChoice {
  readonly count: number;
  readonly why: string;
}

const grouped = (count: number): string => count.toLocaleString('en-US');

/** The sentence that says why this machine can not hold so many connections, or null when it can. */
export const describeOpenFileShortage = ({
  asked,
  connectionsAtOnce,
  openFiles,
  arrivals,
}: Pick<AgentNeeds, 'asked' | 'connectionsAtOnce' | 'openFiles' | 'arrivals'>): string | null => {
  const agents = asked === 'auto' ? mostAgents : asked;
  const most = agents * connectionsPerAgent(openFiles);
  if (connectionsAtOnce <= most) return null;
  const needed = openFilesFor(Math.ceil(connectionsAtOnce / agents));
  const moreAgents = Math.ceil(connectionsAtOnce / connectionsPerAgent(openFiles));
  return (
    `${String(connectionsAtOnce)} connections at once need ${String(needed)} open files${agents === 1 ? '' : ` in each of ${String(agents)} agents`}, but a process may have ${String(openFiles)} here. ` +
    `Raise the limit with "ulimit -n ${String(needed)}" in this shell (above the hard limit as root), ` +
    `${moreAgents <= mostAgents ? `use --agents ${String(moreAgents)} or --agents auto, ` : ''}or ${askForLess(arrivals ?? null, { asked: connectionsAtOnce, most })}.`
  );
};

/**
 * Chooses how many agents drive a load: one until the load is large, at most one for each core (less the one that a
 * server on this machine needs), and as many as it takes for their open files.
 * @throws HarnessError LOCAL_LIMIT when they could not hold the connections, PLAN_INVALID for a number that is none.
 */
export const chooseAgents = (needs: AgentNeeds): AgentChoice => {
  const { asked, attempts, connectionsAtOnce, cores, serverIsLocal, openFiles } = needs;
  if (asked !== 'auto' && !(Number.isInteger(asked) && asked >= 1 && asked <= mostAgents)) {
    throw new HarnessError(
      'PLAN_INVALID',
      `A load was asked for with ${String(asked)} agents, but that is "auto" or a whole number from 1 to ${String(mostAgents)}.`,
    );
  }
  const shortage = describeOpenFileShortage(needs);
  if (shortage !== null) throw new HarnessError('LOCAL_LIMIT', shortage);
  if (asked !== 'auto') {
    return asked <= attempts
      ? { count: asked, why: 'as asked for' }
      : { count: Math.max(1, attempts), why: `${grouped(asked)} were asked for, but each needs an attempt` };
  }
  const forFiles = Math.ceil(connectionsAtOnce / connectionsPerAgent(openFiles));
  const forCores = Math.max(1, serverIsLocal ? cores - 1 : cores);
  const worthwhile = Math.max(1, Math.floor(attempts / attemptsWorthAnAgent));
  if (forFiles > Math.min(forCores, worthwhile))
    return { count: forFiles, why: `auto: a process may have ${grouped(openFiles)} open files` };
  if (worthwhile <= forCores)
    return { count: worthwhile, why: `auto: one for each ${grouped(attemptsWorthAnAgent)} attempts` };
  const left = serverIsLocal && cores > 1 ? ', less one for the server' : '';
  return {
    count: Math.min(forCores, mostAgents),
    why: `auto: ${grouped(cores)} ${cores === 1 ? 'core' : 'cores'}${left}`,
  };
};

import { mostAgents } from '../harness/load/choose-agents.ts';
import type { SessionSettings } from '../settings.ts';
import type { Environment } from './read-target.ts';
import type { RunOptions } from './run-options.ts';

/** How many agents the command line wants, option before environment; null leaves it to the scenarios. */
export const readAgents = (
  options: RunOptions,
  environment: Environment,
  problems: string[],
): SessionSettings['agents'] => {
  // An empty variable is how CI systems write one that is not set.
  const given = options.agents ?? (environment['PERF_AGENTS'] || undefined);
  if (given === undefined) return null;
  if (given === 'auto') return 'auto';
  const count = Number(given);
  if (/^\d+$/u.test(given) && count >= 1 && count <= mostAgents) return count;
  problems.push(
    `${options.agents === undefined ? 'PERF_AGENTS' : '--agents'} is "${given}", but must be "auto" or a whole number from 1 to ${String(mostAgents)}.`,
  );
  return null;
};

import type { AgentsRecord } from '../harness/record/run-record.ts';

/** Who made the load: `Generator: 3 agents (auto: a process may have 20,000 open files), from 127.0.0.2 to 127.0.0.4`. */
export const agentsLine = ({ count, why, sourceAddresses }: AgentsRecord): string => {
  const [first, last] = [sourceAddresses.at(0), sourceAddresses.at(-1)];
  const from =
    first === undefined ? '' : first === last ? `, from ${first}` : `, from ${first} to ${String(last)}`;
  return `Generator: ${String(count)} ${count === 1 ? 'agent' : 'agents'} (${why})${from}`;
};

import type { CompareRequest } from '../compare/compare-request.ts';
import { sides } from '../compare/side.ts';

const whatIsCompared = ({ opponents }: CompareRequest, base: string | null): string => {
  if (opponents.kind === 'commits') {
    const head = opponents.head === null ? '' : ` --head ${opponents.head}`;
    return `--base ${base ?? opponents.base ?? ''}${head}`;
  }
  const way = opponents.kind.slice(0, -1);
  return `--base-${way} … --head-${way} …`;
};

/**
 * The command that measures the same again. What may be secret is left for the user to fill in: addresses, commands, and
 * the values of the servers' environment.
 */
export const reproduceCommand = (request: CompareRequest, base: string | null): string => {
  const { target, serverEnvironments, gated, seed } = request;
  const variables = [
    ...Object.keys(target.serverEnvironment).map((name) => `--server-env ${name}=…`),
    ...sides.flatMap((side) =>
      Object.keys(serverEnvironments[side]).map((name) => `--${side}-server-env ${name}=…`),
    ),
  ];
  return [
    `npm run perf:compare -- ${whatIsCompared(request, base)}`,
    ...(['containers', 'process'].includes(target.kind) ? [`--target ${target.kind}`] : []),
    ...variables,
    `--seed ${String(seed)}`,
    ...gated.map(({ name }) => `--gate ${name}`),
  ].join(' ');
};

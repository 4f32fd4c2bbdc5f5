import { comparedMetrics, type ComparedMetric } from './compared-metric.ts';

/**
 * The metrics that gate: those named with `--gate`, else the defaults, without those that can not be read where the servers'
 * processes are out of sight. What can not gate is a problem.
 */
export const chooseGated = (
  named: readonly string[],
  problems: string[],
  { seesServers = true }: { readonly seesServers?: boolean } = {},
): readonly ComparedMetric[] => {
  const visible = comparedMetrics.filter(({ seenAt }) => seesServers || seenAt === 'client');
  if (named.length === 0) return visible.filter(({ gates }) => gates === 'default');
  const known = visible.filter(({ gates }) => gates !== 'never').map(({ name }) => name);
  for (const name of new Set(named)) {
    const metric = comparedMetrics.find((candidate) => candidate.name === name);
    if (metric === undefined)
      problems.push(`There is no metric "${name}" to gate by. Known: ${known.join(', ')}.`);
    else if (metric.gates === 'never')
      problems.push(
        `${name} never gates: its interval is too wide to decide by. Gate by ${name.replace('p99', 'p95')}.`,
      );
    else if (!visible.includes(metric))
      problems.push(
        `${name} can not be read of servers given by --base-url and --head-url. Gate by ${known.join(', ')}, or let the servers be started here.`,
      );
  }
  return visible.filter(({ name, gates }) => gates !== 'never' && named.includes(name));
};

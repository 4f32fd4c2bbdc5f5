import { comparedMetrics, type ComparedMetric } from './compared-metric.ts';

/** The metrics that gate: those named with `--gate`, else the three defaults. What can not gate is a problem. */
export const chooseGated = (named: readonly string[], problems: string[]): readonly ComparedMetric[] => {
  if (named.length === 0) return comparedMetrics.filter(({ gates }) => gates === 'default');
  const known = comparedMetrics.filter(({ gates }) => gates !== 'never').map(({ name }) => name);
  for (const name of new Set(named)) {
    const metric = comparedMetrics.find((candidate) => candidate.name === name);
    if (metric === undefined)
      problems.push(`There is no metric "${name}" to gate by. Known: ${known.join(', ')}.`);
    else if (metric.gates === 'never')
      problems.push(
        `${name} never gates: its interval is too wide to decide by. Gate by ${name.replace('p99', 'p95')}.`,
      );
  }
  return comparedMetrics.filter(({ name, gates }) => gates !== 'never' && named.includes(name));
};

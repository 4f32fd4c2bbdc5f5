import { median } from 'simple-statistics';
import type { Comparison } from '../compare/comparison-record.ts';
import { formatEstimate, formatInterval } from '../compare/format-change.ts';
import { printableLine } from './printable.ts';
import { table, type Column } from './table.ts';

const columns: readonly Column[] = [
  { title: '', align: 'left' },
  { title: 'base', align: 'right' },
  { title: 'head', align: 'right' },
  { title: 'change', align: 'right' },
  { title: 'interval', align: 'right' },
  { title: 'verdict', align: 'left' },
];

type Metric = Comparison['metrics'][number];

/** The median of the values that there are. */
const middle = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
};

const quantity = (value: number | null, unit: string): string =>
  value === null ? 'n/a' : `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;

/** A metric that does not decide has no verdict. */
const verdictWord = ({ outcome, isGated }: Metric): string => {
  if (!isGated) return 'not gated';
  return outcome === 'no-data' ? 'no data' : outcome;
};

/** One row for each metric: medians over the blocks, the change and its interval. */
export const comparisonRow = (metric: Metric): readonly string[] => {
  const { title, unit, better, base, head, estimate, lower, upper } = metric;
  return [
    title,
    quantity(middle(base), unit),
    quantity(middle(head), unit),
    estimate === null ? 'n/a' : formatEstimate(estimate, better),
    estimate === null || lower === null || upper === null
      ? 'n/a'
      : formatInterval({ estimate, lower, upper }, better, []),
    verdictWord(metric),
  ];
};

/** The titles above `comparisonRow`, with a name for the first. */
export const comparisonColumns = columns.map(({ title, align }) => ({ title: title || 'Metric', align }));

const headline: Readonly<Record<Comparison['verdict'], string>> = {
  pass: 'PASS: no gated metric became worse by as much as its tolerance, within the stated error.',
  fail: 'FAIL: head is worse than base.',
  inconclusive: 'INCONCLUSIVE: this run can neither show that head is worse nor rule it out. Not a pass.',
};

const disarmedLine = ({ gates, failures, since }: NonNullable<Comparison['disarmed']>): string =>
  `NOT TRUSTED: the gate is disarmed. Since ${since.slice(0, 10)} it counts no failure, because it failed a server against itself in ` +
  `${String(failures)} of ${String(gates)} nightly gates on machines of this class.`;

const notConfirmed = (failed: readonly string[], verdict: Comparison['verdict']): string => {
  const instead = verdict === 'fail' ? 'it failed by something else' : verdict;
  const build = verdict === 'inconclusive' ? 'passes, unless it is strict' : 'passes';
  return `NOT CONFIRMED: the first comparison failed by ${failed.join(', ')}, this one did not (${instead}). The build ${build}.`;
};

const trustedHeadline = ({ verdict, confirms, awaitsConfirmation, disarmed }: Comparison): string => {
  if (disarmed !== null && verdict === 'fail')
    return `${disarmedLine(disarmed)} What it measured would be: ${headline.fail}`;
  if (awaitsConfirmation)
    return `${headline.fail} A second comparison on another machine decides: the build fails when that fails, too.`;
  if (confirms === null) return headline[verdict];
  return confirms.isConfirmed
    ? 'FAIL, CONFIRMED: head is worse than base in two independent comparisons.'
    : notConfirmed(confirms.failed, verdict);
};

/** The verdict of a comparison in one line, with what a confirmation and a gate that is not trusted make of it. */
export const comparisonHeadline = (comparison: Comparison): string =>
  comparison.restartedServers
    ? trustedHeadline(comparison)
    : `${trustedHeadline(comparison)} A weaker verdict: the servers were not restarted between blocks.`;

/** The whole comparison as plain text. */
export const comparisonText = (comparison: Comparison): readonly string[] => {
  const { base, head, blocks, seed, metrics, successRate, messageCount, notices } = comparison;
  return [
    comparisonHeadline(comparison),
    '',
    printableLine(`base  ${base.label}`),
    printableLine(`head  ${head.label}`),
    `${String(blocks)} blocks, ${String(base.operations)} operations on base and ${String(head.operations)} on head, seed ${String(seed)}`,
    ...notices.map(printableLine),
    '',
    ...table(columns, metrics.map(comparisonRow)),
    '',
    ...metrics.filter(({ isGated }) => isGated).map(({ sentence }) => sentence),
    successRate.sentence,
    messageCount.sentence,
  ];
};

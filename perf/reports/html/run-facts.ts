import * as metrics from '../../harness/metrics/catalogue.ts';
import { aggregate } from '../../harness/metrics/samples.ts';
import { describeEarlyEnd, describeWarmUp } from '../../harness/thresholds/describe-verdict.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import type { CapacityRecord, RunRecord } from '../../harness/record/run-record.ts';
import { agentsLine } from '../agents-line.ts';
import { messageLines } from '../message-lines.ts';
import { selfCheckLine } from '../self-check-line.ts';
import { serverLine } from '../server-line.ts';
import { htmlTable } from './html-table.ts';
import { markup, type Markup } from './markup.ts';

const capacityFigure = ({ highestGood, limitedByTest, levels }: CapacityRecord): string => {
  const isOpen = limitedByTest || levels.at(-1)?.outcome === 'inconclusive';
  if (highestGood === null) return isOpen ? 'unknown' : 'none';
  return `${isOpen ? '≥ ' : ''}${highestGood.toLocaleString('en')}`;
};

/** The figures that are looked for first. */
export const keyFigures = ({ counts, metrics: summary, capacity }: RunRecord): Markup => {
  const time = (aggregation: 'mean' | 'p95'): string =>
    formatQuantity(aggregate(summary, metrics.connectTime, aggregation), 'ms');
  const tiles: readonly (readonly [string, string])[] = [
    ...(capacity === null ? [] : [['Capacity', capacityFigure(capacity)] as const]),
    ['Attempts', counts.attempted.toLocaleString('en')],
    [
      'Successful',
      formatQuantity(counts.attempted === 0 ? null : counts.successful / counts.attempted, 'ratio'),
    ],
    ['Average connect time', time('mean')],
    ['Connect time p95', time('p95')],
    ['Failed', counts.failed.toLocaleString('en')],
    ['Stable', counts.stable.toLocaleString('en')],
    ['Messages', counts.messagesReceived.toLocaleString('en')],
  ];
  return markup`<dl class="tiles">${tiles.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
};

const failedChecks = ({ validity }: RunRecord): readonly string[] =>
  validity.checks
    .filter(({ passed }) => !passed)
    .map(
      ({ name, unit, observed, limit, concerns, reason, remedy }) =>
        `The generator could not measure ${concerns === undefined ? '' : `${concerns.join(', ')} `}truly: ${name} ` +
        `${formatQuantity(observed, unit)}, limit ${formatQuantity(limit, unit)}. ${reason} ${remedy}`,
    );

/** What has to be known to read the figures rightly. */
export const remarks = (record: RunRecord): Markup => {
  const { counts, warmUp, endedEarly, interrupted, server, target } = record;
  const lines = [
    ...(interrupted === null ? [] : [`Interrupted: ${interrupted}`]),
    ...(endedEarly === null ? [] : [`Ended ${describeEarlyEnd(endedEarly)}`]),
    ...(counts.notStarted > 0 ? [`${String(counts.notStarted)} attempts were not started`] : []),
    ...failedChecks(record),
    ...(server.differences ?? []),
    ...(warmUp === null ? [] : [`Warm-up: ${describeWarmUp(warmUp)}`]),
    ...target.notices,
  ];
  return markup`${lines.map((line) => markup`<p class="remark">${line}</p>`)}`;
};

const lines = (texts: readonly (string | null)[]): Markup =>
  markup`${texts.filter((text) => text !== null).map((text) => markup`<p>${text}</p>`)}`;

/** What was received, in sentences. */
export const messageFacts = (record: RunRecord): Markup => lines(messageLines(record));

/** How it was measured: generator, server, machine, and the load as it was planned. */
export const circumstances = (record: RunRecord): Markup => {
  const { machine, target, startedAt, finishedAt, runId, scenario, scenarioEnding, profile } = record;
  const rows: readonly (readonly [string, string])[] = [
    ['Run', runId],
    ['Scenario file', scenario.file],
    ...(scenarioEnding === undefined
      ? []
      : [['Scenario took', formatQuantity(scenarioEnding.durationMs, 'ms')] as const]),
    ['Measured', `${startedAt} to ${finishedAt}`],
    ['Target', `${target.label}, ${target.url} (${target.path})`],
    [
      'Machine',
      `${machine.cpuModel}, ${String(machine.cores)} cores, ${formatQuantity(machine.memoryBytes, 'bytes')}, ${machine.platform}, Node ${machine.node}`,
    ],
    [
      'ws-perf-gate',
      `${machine.packageVersion}${machine.commit === null ? '' : `, commit ${machine.commit}`}`,
    ],
    ['Load', JSON.stringify(profile)],
  ];
  return markup`${lines([agentsLine(record.agents), selfCheckLine(record.agents), serverLine(record.server)])}
${htmlTable('How it was measured', [{ title: 'What' }, { title: 'How' }], rows)}`;
};

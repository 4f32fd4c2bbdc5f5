import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { z } from 'zod';
import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { findExecutable } from '../../../fixtures/targets/find-executable.ts';
import { defaultTargetRequest, openTarget } from '../../../fixtures/targets/index.ts';
import { tokenFor } from '../../../fixtures/tokens/index.ts';
import { askHttp } from '../ask-http.ts';
import { makeDashboard } from './testing/make-dashboard.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

const rulesFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().regex(/^\d+[smh]$/u),
          labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});

const rules = rulesFile
  .parse(parse(await readFile(join(folder, 'alerts.yml'), 'utf8')))
  .groups.flatMap((group) => group.rules);
const alertExpressions = rules.map(({ alert, expr }) => [alert, expr] as const);

const source = z.object({ type: z.literal('prometheus'), uid: z.literal('${datasource}') });
const said = z.string().min(1);

const unitsOfGrafana = Object.values(units).filter((unit) => typeof unit === 'string');

/** Of the dashboard what its readers depend on. */
const dashboardFile = z.object({
  templating: z.object({
    list: z.array(z.object({ name: said, type: said, query: said, datasource: source.optional() })),
  }),
  panels: z.array(
    z.object({
      title: said,
      description: said,
      datasource: source,
      fieldConfig: z.object({ defaults: z.object({ unit: z.enum(unitsOfGrafana) }) }),
      options: z.object({ legend: z.object({ showLegend: z.literal(true) }) }),
      targets: z.array(z.object({ expr: said, legendFormat: said, refId: said })).min(1),
    }),
  ),
});

const dashboardText = await readFile(join(folder, 'dashboard.json'), 'utf8');
const dashboard = dashboardFile.parse(JSON.parse(dashboardText));
const panelExpressions = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr.replaceAll('$__rate_interval', '5m')] as const),
);

interface Parsed {
  readonly errors: readonly string[];
  readonly metrics: readonly string[];
  /** Labels that are filtered by, or grouped by. */
  readonly labels: readonly string[];
  /** Labels that what it gives has for certain. */
  readonly left: readonly string[];
}

/** Prometheus itself gives these to each series. */
const ofPrometheus = ['job', 'instance'];

/** What Prometheus' own grammar makes of an expression. */
const parsePromql = (expression: string): Parsed => {
  const errors: string[] = [];
  const metrics: string[] = [];
  const labels: string[] = [];
  const groupedBy: string[] = [];
  let isAggregated = false;
  parser.parse(expression).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) errors.push(expression.slice(from, to + 20));
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector')
        metrics.push(expression.slice(from, to));
      if (type.name === 'AggregateExpr') isAggregated = true;
      if (type.name !== 'LabelName') return;
      labels.push(expression.slice(from, to));
      if (node.parent?.name === 'GroupingLabels') groupedBy.push(expression.slice(from, to));
    },
  });
  return { errors, metrics, labels, left: isAggregated || groupedBy.length > 0 ? groupedBy : ofPrometheus };
};

/** The names that a series of these families can have. */
const namesIn = (metricsText: string): ReadonlySet<string> =>
  new Set(
    [...metricsText.matchAll(/^# TYPE (?<name>\S+) (?<type>\S+)$/gmu)].flatMap(({ groups = {} }) => {
      const { name = '', type } = groups;
      return type === 'histogram'
        ? ['_bucket', '_sum', '_count'].map((suffix) => `${name}${suffix}`)
        : [name];
    }),
  );

test('the parser tells PromQL from what is none', () => {
  expect(parsePromql('sum by (job) (rate(a{b="c"}[5m]))')).toEqual({
    errors: [],
    metrics: ['a'],
    labels: ['job', 'b'],
    left: ['job'],
  });
  expect(parsePromql('sum(a)').left).toEqual([]);
  expect(parsePromql('a > 1').left).toEqual(ofPrometheus);
  expect(parsePromql('sum by (job (rate(a[5m]))').errors).not.toEqual([]);
  expect(parsePromql('a >').errors).not.toEqual([]);
});

test.each([...alertExpressions, ...panelExpressions])('%s is PromQL: %s', (_name, expression) => {
  const { errors, metrics } = parsePromql(expression);
  expect(errors).toEqual([]);
  expect(metrics).not.toEqual([]);
});

test.each(alertExpressions)(
  '%s is about servers of WebSockets, not about every process: %s',
  (_alert, expression) => {
    const isOurs = parsePromql(expression).metrics.some((name) => /^(?:websocket|redis)_/u.test(name));
    expect(isOurs || expression.includes('job="market-data"')).toBe(true);
  },
);

/** Which labels the series of each name have. */
const labelsIn = (metricsText: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { groups = {} } of metricsText.matchAll(/^(?<name>\w+)\{(?<labels>.*)\} /gmu)) {
    const labels = found.get(groups['name'] ?? '') ?? new Set();
    for (const [, label = ''] of (groups['labels'] ?? '').matchAll(/(\w+)="/gu)) labels.add(label);
    found.set(groups['name'] ?? '', labels);
  }
  return found;
};

const shownLabels = (legend: string, pattern: RegExp): readonly string[] =>
  [...legend.matchAll(pattern)].map(([, label = '']) => label);

describe('beside the started reference server', () => {
  let served: string;

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-prometheus-'));
    await using opened = await openTarget({ ...defaultTargetRequest(directory), kind: 'process' });
    const { target } = opened;
    // A counter has no series before it has counted something.
    const client = new WebSocket(`${target.webSocketUrl}?token=${tokenFor(target, 0) ?? ''}`);
    await once(client, 'message');
    client.send(JSON.stringify({ type: 'ping', id: 1, sentAt: 0 }));
    client.close(1000);
    await once(client, 'close');
    do served = (await askHttp('GET', `${target.httpUrl}/metrics`, { timeoutMs: 5_000 })).body;
    while (!served.includes('websocket_connections_closed_total{'));
    await rm(directory, { recursive: true });
  });

  test('every metric that is named is one of it', () => {
    const names = namesIn(served);
    const named = [...alertExpressions, ...panelExpressions].flatMap(
      ([, expression]) => parsePromql(expression).metrics,
    );
    // Prometheus makes this one itself, for each server that it asks.
    expect([...new Set(named)].filter((name) => name !== 'up' && !names.has(name))).toEqual([]);
  });

  test.each([...alertExpressions, ...panelExpressions])(
    'every label is one of its series: %s, %s',
    (_name, expression) => {
      const labelsOf = labelsIn(served);
      const { metrics, labels } = parsePromql(expression);
      const known = new Set([
        ...ofPrometheus,
        // A histogram that has nothing counted yet has buckets all the same.
        ...(metrics.some((name) => name.endsWith('_bucket')) ? ['le'] : []),
        ...metrics.flatMap((name) => Array.from(labelsOf.get(name) ?? [])),
      ]);
      expect(labels.filter((label) => !known.has(label))).toEqual([]);
    },
  );
});

test.each(
  dashboard.panels.flatMap(({ targets }) => targets.map(({ legendFormat, expr }) => [legendFormat, expr])),
)('the legend "%s" shows labels that are left: %s', (legend = '', expression = '') => {
  const { left } = parsePromql(expression.replaceAll('$__rate_interval', '5m'));
  expect(shownLabels(legend, /\{\{(\w+)\}\}/gu).filter((label) => !left.includes(label))).toEqual([]);
});

test.each(rules)('the words of $alert show labels that are left', ({ expr, annotations }) => {
  const { left } = parsePromql(expr);
  const words = Object.values(annotations).join(' ');
  expect(shownLabels(words, /\$labels\.(\w+)/gu).filter((label) => !left.includes(label))).toEqual([]);
});

test('the dashboard asks for a data source first, and every variable that it uses is one of its own', () => {
  const { list } = dashboard.templating;
  expect(list[0]).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
  const own = new Set(list.map(({ name }) => name));
  const used = [...dashboardText.matchAll(/\$\{?(\w+)/gu)].map(([, name = '']) => name);
  expect(new Set(used.filter((name) => !own.has(name)))).toEqual(new Set(['__rate_interval']));
  for (const { datasource, type } of list.slice(1))
    expect([type, datasource]).toEqual(['query', expect.anything()]);
});

test('the dashboard that is checked in is that of Grafana’s builders', async () => {
  await expect(`${JSON.stringify(makeDashboard(), null, 2)}\n`).toMatchFileSnapshot('./dashboard.json');
});

test('panels stand beside and below each other, and none over another', () => {
  const places = (makeDashboard().panels ?? []).map(
    ({ gridPos }) => `${String(gridPos?.x)},${String(gridPos?.y)}`,
  );
  expect(places).toHaveLength(12);
  expect(new Set(places).size).toBe(12);
});

describe('by promtool', async () => {
  const promtool = await findExecutable('promtool');

  test('the rules are valid, calm servers raise none of them, and one in trouble raises each', async ({
    skip,
  }) => {
    if (promtool === null) {
      skip('promtool is not on the PATH (Debian: package prometheus)');
      return;
    }
    const run = promisify(execFile);
    const { stdout } = await run(promtool, ['check', 'rules', 'alerts.yml'], { cwd: folder });
    expect(stdout).toContain(`SUCCESS: ${String(rules.length)} rules found`);
    await run(promtool, ['test', 'rules', 'alerts.promtool.yml'], { cwd: folder });
    const tested = await readFile(join(folder, 'alerts.promtool.yml'), 'utf8');
    for (const { alert } of rules) expect(tested.split(alert).length - 1, alert).toBe(2);
  });
});

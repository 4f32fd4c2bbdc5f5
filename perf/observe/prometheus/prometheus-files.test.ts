import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { findExecutable } from '../../../fixtures/targets/find-executable.ts';
import { defaultTargetRequest, openTarget } from '../../../fixtures/targets/index.ts';
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

const panels = (makeDashboard().panels ?? []) as readonly {
  readonly title?: string;
  readonly targets?: readonly { readonly expr?: string }[];
}[];
const panelExpressions = panels.flatMap(({ title = '', targets = [] }) =>
  targets.map(({ expr = '' }) => [title, expr.replaceAll('$__rate_interval', '5m')] as const),
);

interface Parsed {
  readonly errors: readonly string[];
  readonly metrics: readonly string[];
}

/** What Prometheus' own grammar makes of an expression. */
const parsePromql = (expression: string): Parsed => {
  const errors: string[] = [];
  const metrics: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) errors.push(expression.slice(from, to + 20));
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector')
        metrics.push(expression.slice(from, to));
    },
  });
  return { errors, metrics };
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
  expect(parsePromql('sum by (job) (rate(a[5m]))')).toEqual({ errors: [], metrics: ['a'] });
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

test('every metric that is named is one of the started reference server', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-prometheus-'));
  await using opened = await openTarget({ ...defaultTargetRequest(directory), kind: 'process' });
  const { body } = await askHttp('GET', `${opened.target.httpUrl}/metrics`, { timeoutMs: 5_000 });
  const served = namesIn(body);
  const named = [...alertExpressions, ...panelExpressions].flatMap(
    ([, expression]) => parsePromql(expression).metrics,
  );
  // Prometheus makes this one itself, for each server that it asks.
  expect([...new Set(named)].filter((name) => name !== 'up' && !served.has(name))).toEqual([]);
  await rm(directory, { recursive: true });
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

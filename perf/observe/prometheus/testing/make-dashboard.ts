import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  type Dashboard,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import * as units from '@grafana/grafana-foundation-sdk/units';

const datasource = { type: 'prometheus', uid: '${datasource}' };
const chosen = 'job="$job",instance=~"$instance"';
const panelWidth = 8;
const panelHeight = 8;

interface PanelText {
  readonly title: string;
  readonly description: string;
  /** A unit of Grafana's own list. */
  readonly unit: string;
}

/** A panel of queries by their legends; `#` stands for the job and the instances that were chosen. */
const panel = (
  { title, description, unit }: PanelText,
  queries: Readonly<Record<string, string>>,
): Builder<Panel> => {
  const builder = new PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .min(0)
    .legend(new VizLegendOptionsBuilder().showLegend(true))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .span(panelWidth)
    .height(panelHeight)
    .datasource(datasource);
  for (const [index, [legend, expression]] of Object.entries(queries).entries()) {
    const query = new DataqueryBuilder()
      .refId(String.fromCodePoint(65 + index))
      .expr(expression.replaceAll('#', chosen))
      .legendFormat(legend)
      .range();
    builder.withTarget(query);
  }
  return builder;
};

const quantile = (share: number, metric: string): string =>
  `histogram_quantile(${String(share)}, sum by (le) (rate(${metric}_bucket{#}[$__rate_interval])))`;
const perSecond = (metric: string, by: string): string =>
  `sum by (${by}) (rate(${metric}{#}[$__rate_interval]))`;

const connectionPanels = (): readonly Builder<Panel>[] => [
  panel(
    { title: 'Open connections', description: 'On each instance.', unit: units.Short },
    { '{{instance}}': 'websocket_connections_open{#}' },
  ),
  panel(
    { title: 'Attempts', description: 'Upgrade requests by how they ended.', unit: units.RequestsPerSecond },
    { '{{outcome}}': perSecond('websocket_connection_attempts_total', 'outcome') },
  ),
  panel(
    {
      title: 'Failed attempts',
      description: 'Above 10 % is a warning sign, below 5 % is good.',
      unit: units.PercentUnit,
    },
    {
      failed:
        'sum(rate(websocket_connection_attempts_total{#,outcome!="opened"}[$__rate_interval])) / sum(rate(websocket_connection_attempts_total{#}[$__rate_interval]))',
    },
  ),
  panel(
    {
      title: 'Handshake',
      description: 'From the upgrade request to the open connection.',
      unit: units.Seconds,
    },
    {
      p50: quantile(0.5, 'websocket_handshake_seconds'),
      p95: quantile(0.95, 'websocket_handshake_seconds'),
      p99: quantile(0.99, 'websocket_handshake_seconds'),
      average:
        'sum(rate(websocket_handshake_seconds_sum{#}[$__rate_interval])) / sum(rate(websocket_handshake_seconds_count{#}[$__rate_interval]))',
    },
  ),
  panel(
    {
      title: 'Closes',
      description: 'By close code; 1006: without a close frame.',
      unit: units.CountsPerSecond,
    },
    { '{{code}}': perSecond('websocket_connections_closed_total', 'code') },
  ),
  panel(
    { title: 'Messages', description: 'By type.', unit: units.MessagesPerSecond },
    {
      'sent {{type}}': perSecond('websocket_messages_sent_total', 'type'),
      'received {{type}}': perSecond('websocket_messages_received_total', 'type'),
    },
  ),
];

const resourcePanels = (): readonly Builder<Panel>[] => [
  panel(
    {
      title: 'Slow consumers',
      description: 'Clients that do not keep up with the feed.',
      unit: units.CountsPerSecond,
    },
    {
      closed: 'sum(rate(websocket_slow_consumers_closed_total{#}[$__rate_interval]))',
      conflated: 'sum(rate(websocket_slow_consumers_conflated_total{#}[$__rate_interval]))',
    },
  ),
  panel(
    { title: 'Redis commands', description: 'From sending a command to its reply.', unit: units.Seconds },
    { p50: quantile(0.5, 'redis_command_seconds'), p99: quantile(0.99, 'redis_command_seconds') },
  ),
  panel(
    { title: 'Redis circuit', description: '0 closed, 1 half-open, 2 open.', unit: units.Short },
    { '{{instance}}': 'redis_circuit_state{#}' },
  ),
  panel(
    { title: 'CPU', description: 'Of one core.', unit: units.PercentUnit },
    { '{{instance}}': 'rate(process_cpu_seconds_total{#}[$__rate_interval])' },
  ),
  panel(
    { title: 'Memory', description: 'Resident memory of the process.', unit: units.BytesIEC },
    { '{{instance}}': 'process_resident_memory_bytes{#}' },
  ),
  panel(
    { title: 'Event loop', description: 'How late it is, 99th percentile.', unit: units.Seconds },
    { '{{instance}}': 'nodejs_eventloop_lag_p99_seconds{#}' },
  ),
];

/** The Grafana dashboard of the reference server, made with Grafana's own builders, which its schema generates. */
export const makeDashboard = (): Dashboard => {
  const dashboard = new DashboardBuilder('Market-data WebSocket server')
    .uid('ws-perf-gate-server')
    .description('The reference server of ws-perf-gate, and every server with the same metrics.')
    .tags(['websocket', 'ws-perf-gate'])
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    // What rises together is seen together.
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(
      new QueryVariableBuilder('job')
        .label('Job')
        .datasource(datasource)
        .query('label_values(websocket_connections_open, job)')
        .refresh(VariableRefresh.OnTimeRangeChanged),
    )
    .withVariable(
      new QueryVariableBuilder('instance')
        .label('Instance')
        .datasource(datasource)
        .query('label_values(websocket_connections_open{job="$job"}, instance)')
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .multi(true)
        .includeAll(true),
    );
  for (const each of [...connectionPanels(), ...resourcePanels()]) dashboard.withPanel(each);
  return dashboard.build();
};

import type { WebSocketStats } from '../statistics/websocket-stats.ts';

const MONITORING = '/api/v1/market-data/monitoring';

/** What `websocket-stats` of a server answers. */
export const readStats = async (url: string): Promise<WebSocketStats> => {
  const response = await fetch(`${url}${MONITORING}/websocket-stats`);
  return (await response.json()) as WebSocketStats;
};

/** Resets the statistics of a server. */
export const resetStats = (url: string): Promise<Response> =>
  fetch(`${url}${MONITORING}/reset-stats`, { method: 'POST' });

/** The value of one metric, named as in the Prometheus text, e.g. `name{label="value"}`; 0 while it is not there. */
export const readMetric = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
};

/** The paths that the server answers on. */
export const paths = {
  health: '/health',
  metrics: '/metrics',
  token: '/api/v1/auth/token',
  webSocket: '/api/v1/market-data/ws',
  webSocketStats: '/api/v1/market-data/monitoring/websocket-stats',
  activeConnections: '/api/v1/market-data/monitoring/active-connections',
  resetStats: '/api/v1/market-data/monitoring/reset-stats',
} as const;

/** The address of a request, or undefined when its target is not one. */
export const requestUrl = (target: string | undefined): URL | undefined => {
  const base = 'http://server.invalid';
  // A target such as "//host/path" is a path here, never another host.
  const text = `${base}${target ?? '/'}`;
  return target?.startsWith('/') === true && URL.canParse(text) ? new URL(text) : undefined;
};

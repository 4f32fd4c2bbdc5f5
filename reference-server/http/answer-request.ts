import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdmissionControl, Occupancy } from '../admission/admission-control.ts';
import { describeAdmission } from '../admission/observe-admission.ts';
import { mayMonitor } from '../auth/monitoring-key.ts';
import type { Backend, BackendHealth } from '../backend/backend.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { numbersInUse } from '../settings/number-settings.ts';
import type { ResolvedSettings } from '../settings/settings.ts';
import { answerActiveConnections, answerResetStats, answerWebSocketStats } from './monitoring-routes.ts';
import { paths, requestUrl } from './routes.ts';
import { errorAnswer, sendJson, type JsonAnswer } from './send-json.ts';
import { answerTokenRequest } from './token-route.ts';

interface RequestContext {
  readonly settings: ResolvedSettings;
  readonly backend: Backend;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly isDraining: () => boolean;
  readonly admission: AdmissionControl;
  readonly occupancy: () => Occupancy;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Answers every ordinary HTTP request; upgrades are answered elsewhere. */
export const createRequestListener = (context: RequestContext) => {
  const routes = createRoutes(context);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const route = routes.get(requestUrl(request.url)?.pathname ?? '');
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (route === undefined) return sendJson(response, notFound);
    if (route.method !== method) return sendJson(response, methodNotAllowed(route.method));
    route.answer(request, response).catch((error: unknown) => {
      // A request that ends early rejects too, and then nobody is left to be answered.
      if (response.headersSent || response.destroyed) return;
      context.logger.error({ err: error }, 'request failed');
      sendJson(
        response,
        errorAnswer(500, { code: 'internal_error', message: 'The server failed; see its log.' }),
      );
    });
  };
};

const notFound = errorAnswer(404, { code: 'not_found', message: 'Nothing is served at this path.' });

const methodNotAllowed = (allowed: Route['method']): JsonAnswer =>
  errorAnswer(
    405,
    { code: 'method_not_allowed', message: `This path answers ${allowed} only.` },
    { Allow: allowed },
  );

const upgradeRequired = errorAnswer(
  426,
  { code: 'upgrade_required', message: 'This path speaks WebSocket. Connect with ws:// or wss://.' },
  { Upgrade: 'websocket', Connection: 'Upgrade' },
);

const jsonRoute = (
  method: Route['method'],
  answer: (request: IncomingMessage) => Promise<JsonAnswer> | JsonAnswer,
): Route => ({
  method,
  answer: async (request, response) => sendJson(response, await answer(request)),
});

const monitoringKeyWrong = errorAnswer(
  401,
  {
    code: 'monitoring_key_wrong',
    message: 'Monitoring needs the key of this server, as "Authorization: Bearer" or X-Monitoring-Key.',
  },
  { 'WWW-Authenticate': 'Bearer' },
);

/** A route for those alone who have the monitoring key, where one is set. */
const guarded = (key: string | null, route: Route): Route => ({
  method: route.method,
  answer: async (request, response) =>
    mayMonitor(request, key) ? route.answer(request, response) : sendJson(response, monitoringKeyWrong),
});

const createRoutes = (context: RequestContext): ReadonlyMap<string, Route> => {
  const { settings } = context;
  const { statistics } = context.backend;
  const forMonitoring = (route: Route): Route => guarded(settings.monitoringKey, route);
  return new Map<string, Route>([
    [paths.health, jsonRoute('GET', (request) => answerHealth(request, context))],
    [
      paths.metrics,
      forMonitoring({
        method: 'GET',
        answer: (_request, response) => answerMetrics(context.metrics, response),
      }),
    ],
    [paths.webSocket, jsonRoute('GET', () => upgradeRequired)],
    [paths.token, jsonRoute('POST', (request) => answerTokenRequest(request, settings))],
    [paths.webSocketStats, forMonitoring(jsonRoute('GET', () => answerWebSocketStats(statistics)))],
    [paths.activeConnections, forMonitoring(jsonRoute('GET', () => answerActiveConnections(statistics)))],
    [paths.resetStats, forMonitoring(jsonRoute('POST', () => answerResetStats(statistics)))],
  ]);
};

const answerMetrics = async ({ registry }: Metrics, response: ServerResponse): Promise<void> => {
  const text = await registry.metrics();
  response.writeHead(200, { 'Content-Type': registry.contentType });
  response.end(response.req.method === 'HEAD' ? undefined : text);
};

const answerHealth = async (request: IncomingMessage, context: RequestContext): Promise<JsonAnswer> => {
  const { backend, settings, admission, occupancy } = context;
  const health: BackendHealth = context.isDraining()
    ? { status: 'unavailable', reason: 'draining' }
    : await backend.checkHealth();
  // What a stranger may know is what a load balancer needs: a reason can name hosts, and limits tell how to reach them.
  if (!mayMonitor(request, settings.monitoringKey))
    return { status: health.status === 'ok' ? 200 : 503, body: { status: health.status } };
  const circuit = backend.circuit();
  const details = {
    ...(circuit === null ? {} : { circuit }),
    admission: describeAdmission(settings, admission, occupancy()),
    settings: numbersInUse(settings),
  };
  // A server that refuses newcomers is not unwell: taken out of service it would only hand its load to the others.
  return health.status === 'ok'
    ? { status: 200, body: { status: 'ok', store: backend.kind, ...details } }
    : { status: 503, body: { ...health, ...details } };
};

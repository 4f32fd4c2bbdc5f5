import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AdmissionControl } from './admission/admission-control.ts';
import { proxyList } from './admission/client-address.ts';
import { LoadWatch } from './admission/load-watch.ts';
import { observeAdmission } from './admission/observe-admission.ts';
import type { Backend } from './backend/backend.ts';
import { openMemoryBackend } from './backend/memory-backend.ts';
import { openRedisBackend } from './backend/redis-backend.ts';
import { observeStore } from './backend/observe-store.ts';
import type { CircuitStanding } from './backend/redis-circuit.ts';
import { ConnectionHub } from './connections/connection-hub.ts';
import { createRequestListener } from './http/answer-request.ts';
import { refuseMalformed } from './http/refuse-malformed.ts';
import { createLogger, type Logger } from './log.ts';
import { MemoryLeak } from './memory-leak.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { MarketData } from './quotes/market-data.ts';
import { QuotePublisher } from './quotes/quote-publisher.ts';
import { observeSettings } from './settings/observe-settings.ts';
import { openDoors, secretsOf } from './settings/open-doors.ts';
import { resolveSettings, type ReferenceServerSettings, type ResolvedSettings } from './settings/settings.ts';

/** Connections that the system may queue while the server is busy, so that a burst is not refused. */
const BACKLOG = 4_096;
const REQUEST_TIMEOUT_MS = 10_000;
/** How often requests are looked for that take longer than that. */
const CHECK_SOCKETS_MS = 2_000;

/** A reference server that is listening. */
export interface ReferenceServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** An address that reaches it from this machine, e.g. `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly logger: Logger;
  /** Asks all clients to leave, and resolves when everything is closed and reported; later calls wait for the same end. */
  stop(): Promise<void>;
}

/** Starts a reference server; resolves when it is listening, whether or not its Redis answers yet. */
export const startReferenceServer = async (given: ReferenceServerSettings): Promise<ReferenceServer> => {
  const settings = resolveSettings(given);
  const logger = createLogger({
    level: settings.logLevel,
    instanceId: settings.instanceId,
    secrets: secretsOf(settings),
  });
  for (const warning of openDoors(settings)) logger.warn(warning);
  const metrics = createMetrics();
  observeSettings(metrics.registry, settings);
  const atOutage: (() => void)[] = [];
  const backend = await openBackend(settings, { logger, metrics, atOutage });
  const marketData = new MarketData({
    feed: backend.quotes,
    logger,
    skipEveryNthQuote: settings.faults.skipEveryNthQuote,
    quoteBytes: settings.quoteBytes,
  });
  const knownSymbols = new Set(settings.symbols);
  const load = new LoadWatch(settings);
  const trustedProxies = proxyList(settings.trustedProxies);
  const admission = new AdmissionControl({ limits: settings, load, trustedProxies });
  const context = { settings, knownSymbols, marketData, metrics, logger };
  const hub = new ConnectionHub(context, backend.statistics, admission);
  if (settings.faults.dropWithoutRedis) atOutage.push(() => hub.dropAll());
  observeStore(metrics.registry, backend);
  observeAdmission(metrics.registry, { limits: settings, admission, occupancy: () => hub.occupancy });
  const http = createHttpServer({ settings, backend, metrics, logger, hub, admission });
  try {
    await marketData.start();
    await listen(http, settings);
  } catch (error) {
    load[Symbol.dispose]();
    await backend.close();
    throw error;
  }
  const publisher = new QuotePublisher({ ...settings, feed: backend.quotes, logger });
  const leak = new MemoryLeak({
    bytesPerConnectionSecond: settings.faults.leakBytesPerConnectionSecond,
    openConnections: () => hub.openConnections,
  });
  const stopAll = async (): Promise<void> => {
    logger.info({ connections: hub.openConnections }, 'draining');
    await Promise.all([hub.drain(), publisher.stop()]);
    leak[Symbol.dispose]();
    load[Symbol.dispose]();
    await closeHttpServer(http);
    await backend.close();
    metrics.registry.clear();
    logger.info('stopped');
  };
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopAll());
  const { port } = http.address() as AddressInfo;
  return {
    host: settings.host,
    port,
    url: urlOf(settings.host, port),
    logger,
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

const openBackend = (
  settings: ResolvedSettings,
  {
    logger,
    metrics,
    atOutage,
  }: { readonly logger: Logger; readonly metrics: Metrics; readonly atOutage: readonly (() => void)[] },
): Backend | Promise<Backend> => {
  if (settings.redisUrl === null) return openMemoryBackend();
  const { instanceId, redisUrl: url, redisAnswerMs: answerMs, faults } = settings;
  const onCommand = (command: string, durationMs: number): void =>
    metrics.redisCommandSeconds.observe({ command }, durationMs / 1_000);
  let wasClosed = true;
  const circuit = {
    failures: settings.redisCircuitFailures,
    openMs: settings.redisCircuitOpenMs,
    onChange: (standing: CircuitStanding): void => {
      metrics.redisCircuitState.set(circuitStateNumbers[standing]);
      if (standing === 'open') {
        metrics.redisCircuitOpened.inc();
        for (const act of atOutage) act();
      }
      // A trial that fails opens it again, once a second: that is no news.
      const isClosed = standing === 'closed';
      if (isClosed !== wasClosed) logger.info({ circuit: standing }, 'redis circuit changed');
      wasClosed = isClosed;
    },
  };
  const reconnects = !faults.neverReconnectToRedis;
  return openRedisBackend({ url, instanceId, logger, onCommand, circuit, answerMs, reconnects });
};

const circuitStateNumbers: Readonly<Record<CircuitStanding, number>> = { closed: 0, 'half-open': 1, open: 2 };

const createHttpServer = (options: {
  readonly settings: ResolvedSettings;
  readonly backend: Backend;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly hub: ConnectionHub;
  readonly admission: AdmissionControl;
}): Server => {
  const { hub } = options;
  const { maxHeaderBytes } = options.settings;
  const server = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_SOCKETS_MS,
      maxHeaderSize: maxHeaderBytes,
      // Other upgrades, such as the h2c that curl offers, are ordinary requests here.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    createRequestListener({
      ...options,
      isDraining: () => hub.isDraining,
      occupancy: () => hub.occupancy,
    }),
  );
  server.on('upgrade', (request, socket, head) => hub.upgrade(request, socket, head));
  server.on('clientError', (error, socket) => {
    options.logger.debug({ err: error }, 'not an HTTP request');
    refuseMalformed(error, socket, maxHeaderBytes);
  });
  return server;
};

const listen = (server: Server, { host, port }: ResolvedSettings): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });

const closeHttpServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const urlOf = (host: string, port: number): string => {
  // The wildcards are addresses to listen on, not to connect to.
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
};

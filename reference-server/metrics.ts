import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createRedisMetrics } from './backend/redis-metrics.ts';

/** How an upgrade ended, as a metric label. */
export type AttemptOutcome = 'opened' | 'unauthorized' | 'forbidden' | 'overloaded' | 'invalid' | 'lost';

/** What the server measures about itself for Prometheus. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Registers every metric of one server, beside those of its process (CPU, memory, event-loop delay). */
export const createMetrics = () => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    connectionsOpen: new Gauge({
      name: 'websocket_connections_open',
      help: 'Connections that are open on this instance.',
      registers,
    }),
    attempts: new Counter({
      name: 'websocket_connection_attempts_total',
      help: 'Upgrade requests that reached the endpoint, by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    admissionRefusals: new Counter({
      name: 'websocket_admission_refusals_total',
      help: 'Upgrade requests answered with 503, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    closes: new Counter({
      name: 'websocket_connections_closed_total',
      help: 'Connections that ended, by close code (1006 where no close frame was exchanged; 3xxx and 4xxx for those that clients chose).',
      labelNames: ['code'],
      registers,
    }),
    handshakeSeconds: new Histogram({
      name: 'websocket_handshake_seconds',
      help: 'From the arrival of the upgrade request to the open connection.',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    messagesReceived: new Counter({
      name: 'websocket_messages_received_total',
      help: 'Messages from clients, by type.',
      labelNames: ['type'],
      registers,
    }),
    messagesSent: new Counter({
      name: 'websocket_messages_sent_total',
      help: 'Messages to clients, by type.',
      labelNames: ['type'],
      registers,
    }),
    slowConsumersConflated: new Counter({
      name: 'websocket_slow_consumers_conflated_total',
      help: 'Times that a client fell so far behind that its quotes were conflated.',
      registers,
    }),
    slowConsumersClosed: new Counter({
      name: 'websocket_slow_consumers_closed_total',
      help: 'Connections closed with 1013 because the client fell too far behind.',
      registers,
    }),
    quotesConflated: new Counter({
      name: 'websocket_quotes_conflated_total',
      help: 'Quotes replaced by a newer one before a slow client could take them.',
      registers,
    }),
    ...createRedisMetrics(registers),
  };
};

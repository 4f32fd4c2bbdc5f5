import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the server measures about its Redis. */
export const createRedisMetrics = (registers: Registry[]) => ({
  redisCircuitState: new Gauge({
    name: 'redis_circuit_state',
    help: 'How the circuit around Redis stands: 0 closed, 1 half-open, 2 open.',
    registers,
  }),
  redisCircuitOpened: new Counter({
    name: 'redis_circuit_opened_total',
    help: 'Times that the circuit around Redis opened, failed trials included.',
    registers,
  }),
  redisCommandSeconds: new Histogram({
    name: 'redis_command_seconds',
    help: 'From sending a command to Redis to its reply.',
    labelNames: ['command'],
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  }),
});

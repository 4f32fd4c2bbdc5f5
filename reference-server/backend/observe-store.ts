import { Gauge, type Registry } from 'prom-client';
import type { Backend, StoreUsage } from './backend.ts';

/** Registers how much Redis keeps, asked for when Prometheus asks; nothing is said while it does not answer. */
export const observeStore = (registry: Registry, backend: Backend): void => {
  if (backend.kind !== 'redis') return;
  let asked: Promise<StoreUsage | null> | null = null;
  // Both gauges are collected at one time, and Redis is asked once.
  const usage = (): Promise<StoreUsage | null> => {
    asked ??= backend.usage().finally(() => {
      asked = null;
    });
    return asked;
  };
  const observe = (name: string, help: string, read: (usage: StoreUsage) => number): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        async collect() {
          const now = await usage();
          if (now === null) this.remove();
          else this.set(read(now));
        },
      }),
    );
  };
  observe('redis_db_keys', 'Keys that Redis has.', ({ keys }) => keys);
  observe('redis_memory_used_bytes', 'Memory that Redis uses.', ({ memoryBytes }) => memoryBytes);
};

import type { RedisCircuitOptions } from '../backend/redis-circuit.ts';
import { defaultSettings } from '../settings/settings.ts';

/** The circuit around Redis as a server has it by default, reporting to nobody. */
export const quietCircuit: RedisCircuitOptions = {
  failures: defaultSettings.redisCircuitFailures,
  openMs: defaultSettings.redisCircuitOpenMs,
  onChange: () => undefined,
};

import type { EnvironmentReader } from './environment-reader.ts';
import { defaultSettings, type ResolvedSettings } from './settings.ts';

/** The longest interval that can be set: an hour. */
export const LARGEST_INTERVAL_MS = 3_600_000;
/** The most that a size can be set to, some of them to a multiple: a gibibyte. */
export const LARGEST_BYTES = 1_073_741_824;
/** The connections to Redis have a limit of their own, of 30 s, on which nothing else must wait. */
const LONGEST_REDIS_ANSWER_MS = 30_000;
const connections = { min: 1, max: 10_000_000 };
const interval = { min: 0, max: LARGEST_INTERVAL_MS };

/** A setting that is a number: the variable that sets it, and the values that it may have. */
interface NumberSetting {
  readonly variable: string;
  readonly min: number;
  readonly max: number;
  /** Whole numbers alone unless it says so. */
  readonly takesFractions?: true;
}

/** The settings that are numbers, in the unit of their variable: limits, sizes, rates and times. */
export const numberSettings = {
  maxTokenBytes: { variable: 'MAX_TOKEN_BYTES', min: 128, max: 1_048_576 },
  quotesPerSecond: { variable: 'QUOTES_PER_SECOND', min: 0, max: 100_000, takesFractions: true },
  quoteBytes: { variable: 'QUOTE_BYTES', min: 0, max: 1_048_576 },
  maxHeaderBytes: { variable: 'MAX_HEADER_BYTES', min: 1_024, max: 1_048_576 },
  maxMessagesPerSecond: { variable: 'MAX_MESSAGES_PER_SECOND', min: 1, max: 1_000_000 },
  maxSubscriptions: { variable: 'MAX_SUBSCRIPTIONS', min: 1, max: 1_000_000 },
  maxMessageBytes: { variable: 'MAX_MESSAGE_BYTES', min: 64, max: LARGEST_BYTES },
  maxConnections: { variable: 'MAX_CONNECTIONS', ...connections },
  maxHandshakesInFlight: { variable: 'MAX_HANDSHAKES_IN_FLIGHT', ...connections },
  handshakeTurnMs: { variable: 'HANDSHAKE_TURN_MS', min: 0, max: 10_000, takesFractions: true },
  maxEventLoopDelayMs: { variable: 'MAX_EVENT_LOOP_DELAY_MS', min: 1, max: LARGEST_INTERVAL_MS },
  maxMemoryBytes: { variable: 'MAX_MEMORY_BYTES', min: 1_048_576, max: 1_024 * LARGEST_BYTES },
  maxConnectionsPerUser: { variable: 'MAX_CONNECTIONS_PER_USER', ...connections },
  maxConnectionsPerAddress: { variable: 'MAX_CONNECTIONS_PER_ADDRESS', ...connections },
  redisCircuitFailures: { variable: 'REDIS_CIRCUIT_FAILURES', min: 1, max: 1_000_000 },
  redisCircuitOpenMs: { variable: 'REDIS_CIRCUIT_OPEN_MS', min: 1, max: LARGEST_INTERVAL_MS },
  redisAnswerMs: { variable: 'REDIS_ANSWER_MS', min: 1, max: LONGEST_REDIS_ANSWER_MS },
  slowConsumerConflateBytes: { variable: 'SLOW_CONSUMER_CONFLATE_BYTES', min: 1, max: LARGEST_BYTES },
  slowConsumerCloseBytes: { variable: 'SLOW_CONSUMER_CLOSE_BYTES', min: 1, max: 2 * LARGEST_BYTES },
  drainMs: { variable: 'DRAIN_MS', ...interval },
  reconnectSpreadMs: { variable: 'RECONNECT_SPREAD_MS', ...interval },
  shutdownGraceMs: { variable: 'SHUTDOWN_GRACE_MS', ...interval },
} as const satisfies Partial<Record<keyof ResolvedSettings, NumberSetting>>;

type NumberName = keyof typeof numberSettings;

/** The values of the settings that are numbers; null where a limit is not set. */
type NumberValues = Pick<ResolvedSettings, NumberName>;

const names = Object.keys(numberSettings) as readonly NumberName[];

const readNumber = (
  reader: EnvironmentReader,
  { variable, min, max, takesFractions }: NumberSetting,
  fallback: number | null,
): number | null => {
  if (fallback === null) return reader.limit(variable, { min, max });
  const range = { fallback, min, max };
  return takesFractions === true ? reader.decimal(variable, range) : reader.integer(variable, range);
};

/** Reads every setting that is a number. */
export const readNumbers = (reader: EnvironmentReader): NumberValues => {
  const values = Object.fromEntries(
    names.map((name) => [name, readNumber(reader, numberSettings[name], defaultSettings[name])]),
  ) as NumberValues;
  return { ...values, slowConsumerCloseBytes: closeBytes(reader, values) };
};

/** Unless it is set, the limit for closing stays above one for conflating that was raised. */
const closeBytes = (
  reader: EnvironmentReader,
  { slowConsumerConflateBytes: conflate, slowConsumerCloseBytes: close }: NumberValues,
): number => {
  if (reader.text(numberSettings.slowConsumerCloseBytes.variable) === undefined)
    return Math.max(close, 2 * conflate);
  if (close <= conflate) {
    reader.problems.push(
      `SLOW_CONSUMER_CLOSE_BYTES (${close}) must be larger than ` +
        `SLOW_CONSUMER_CONFLATE_BYTES (${conflate}): quotes are conflated first.`,
    );
  }
  return close;
};

/** The numbers that a server runs with, by their variables; limits that are not set are left out. Nothing of it is secret. */
export const numbersInUse = (settings: NumberValues): Readonly<Record<string, number>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = settings[name];
      return value === null ? [] : [[numberSettings[name].variable, value] as const];
    }),
  );

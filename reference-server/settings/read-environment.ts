import type { AdmissionLimits } from '../admission/admission-limits.ts';
import { parseNetwork } from '../admission/client-address.ts';
import { parseDemoUser, type DemoUser } from '../auth/demo-users.ts';
import { jwtAlgorithms, type JwtAlgorithm, type TokenRules } from '../auth/token-rules.ts';
import { parseOrigin } from '../connections/allowed-origin.ts';
import type { Faults } from '../faults.ts';
import { EnvironmentReader, type Environment } from './environment-reader.ts';
import { defaultSettings, type LogLevel, type ReferenceServerSettings } from './settings.ts';

const LARGEST_INTERVAL_MS = 3_600_000;
const LARGEST_BYTES = 1_073_741_824;
/** The connections to Redis have a limit of their own, of 30 s, on which nothing else must wait. */
const LONGEST_ANSWER_MS = 30_000;
const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Settings, or every problem found on the way to them. */
export type EnvironmentReading =
  | { readonly outcome: 'valid'; readonly settings: ReferenceServerSettings }
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] };

/** Turns environment variables (see the README) into settings, checking all of them before anything starts. */
export const readEnvironment = (environment: Environment): EnvironmentReading => {
  const reader = new EnvironmentReader(environment);
  const instanceId = reader.text('INSTANCE_ID');
  const settings: ReferenceServerSettings = {
    host: reader.text('HOST') ?? defaultSettings.host,
    port: reader.integer('PORT', { fallback: defaultSettings.port, min: 0, max: 65_535 }),
    redisUrl: readRedisUrl(reader),
    ...readTokenRules(reader),
    allowedOrigins: readAllowedOrigins(reader),
    monitoringKey: reader.secret('MONITORING_KEY') ?? null,
    demoUsers: readDemoUsers(reader),
    tokenLifetimeMs:
      1_000 * reader.integer('TOKEN_TTL_SECONDS', { fallback: 3_600, min: 1, max: 31_536_000 }),
    symbols: readSymbols(reader),
    quotesPerSecond: reader.decimal('QUOTES_PER_SECOND', {
      fallback: defaultSettings.quotesPerSecond,
      min: 0,
      max: 100_000,
    }),
    maxHeaderBytes: reader.integer('MAX_HEADER_BYTES', {
      fallback: defaultSettings.maxHeaderBytes,
      min: 1_024,
      max: 1_048_576,
    }),
    maxMessagesPerSecond: reader.limit('MAX_MESSAGES_PER_SECOND', { min: 1, max: 1_000_000 }),
    maxSubscriptions: reader.limit('MAX_SUBSCRIPTIONS', { min: 1, max: 1_000_000 }),
    logsQuotes: reader.flag('LOG_QUOTES'),
    maxMessageBytes: reader.integer('MAX_MESSAGE_BYTES', {
      fallback: defaultSettings.maxMessageBytes,
      min: 64,
      max: LARGEST_BYTES,
    }),
    ...readAdmissionLimits(reader),
    trustedProxies: readTrustedProxies(reader),
    redisCircuitFailures: reader.integer('REDIS_CIRCUIT_FAILURES', {
      fallback: defaultSettings.redisCircuitFailures,
      min: 1,
      max: 1_000_000,
    }),
    redisCircuitOpenMs: reader.integer('REDIS_CIRCUIT_OPEN_MS', {
      fallback: defaultSettings.redisCircuitOpenMs,
      min: 1,
      max: LARGEST_INTERVAL_MS,
    }),
    redisAnswerMs: reader.integer('REDIS_ANSWER_MS', {
      fallback: defaultSettings.redisAnswerMs,
      min: 1,
      max: LONGEST_ANSWER_MS,
    }),
    ...readSlowConsumerLimits(reader),
    handshakeTurnMs: reader.decimal('HANDSHAKE_TURN_MS', {
      fallback: defaultSettings.handshakeTurnMs,
      min: 0,
      max: 10_000,
    }),
    drainMs: reader.integer('DRAIN_MS', {
      fallback: defaultSettings.drainMs,
      min: 0,
      max: LARGEST_INTERVAL_MS,
    }),
    reconnectSpreadMs: reader.integer('RECONNECT_SPREAD_MS', {
      fallback: defaultSettings.reconnectSpreadMs,
      min: 0,
      max: LARGEST_INTERVAL_MS,
    }),
    shutdownGraceMs: reader.integer('SHUTDOWN_GRACE_MS', {
      fallback: defaultSettings.shutdownGraceMs,
      min: 0,
      max: LARGEST_INTERVAL_MS,
    }),
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    ...(instanceId === undefined ? {} : { instanceId }),
    faults: readFaults(reader),
  };
  return reader.problems.length === 0
    ? { outcome: 'valid', settings }
    : { outcome: 'invalid', problems: reader.problems };
};

const readRedisUrl = (reader: EnvironmentReader): string | null => {
  const value = reader.secret('REDIS_URL');
  if (value === undefined) return null;
  if (/^rediss?:\/\/[^/]/.test(value) && URL.canParse(value)) {
    if (isDecodable(new URL(value))) return value;
    reader.problems.push('REDIS_URL has a % in its user or password that encodes nothing. Write %25 for it.');
    return null;
  }
  // The value is not shown, because it may hold a password.
  reader.problems.push(
    'REDIS_URL is not an address like redis://host:6379 or rediss://user:password@host:6379/0.',
  );
  return null;
};

const isDecodable = ({ username, password }: URL): boolean => {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
};

const readTokenRules = (reader: EnvironmentReader): TokenRules => {
  const purpose = 'Tokens are verified with it: set it to the secret that signs them.';
  const jwtSecret = reader.requiredSecret('JWT_SECRET', purpose);
  const jwtPreviousSecret = reader.secret('JWT_PREVIOUS_SECRET') ?? null;
  for (const [name, secret] of [
    ['JWT_SECRET', jwtSecret],
    ['JWT_PREVIOUS_SECRET', jwtPreviousSecret ?? ''],
  ] as const) {
    // Whoever knows a public key, which is everyone, could sign tokens with it (algorithm confusion).
    if (/-----BEGIN (?:[A-Z]+ )?(?:PUBLIC KEY|CERTIFICATE)-----/.test(secret))
      reader.problems.push(
        `${name} is a public key or certificate. Tokens need a secret that nobody else knows.`,
      );
  }
  return {
    jwtSecret,
    jwtPreviousSecret,
    jwtAlgorithms: readAlgorithms(reader),
    jwtAudience: reader.text('JWT_AUDIENCE') ?? null,
    jwtIssuer: reader.text('JWT_ISSUER') ?? null,
    maxTokenBytes: reader.integer('MAX_TOKEN_BYTES', {
      fallback: defaultSettings.maxTokenBytes,
      min: 128,
      max: 1_048_576,
    }),
  };
};

const readAllowedOrigins = (reader: EnvironmentReader): readonly string[] => {
  const entries = reader.list('ALLOWED_ORIGINS', []);
  const odd = entries.filter((entry) => parseOrigin(entry) === undefined);
  if (odd.length > 0) {
    reader.problems.push(
      `ALLOWED_ORIGINS: ${odd.join(', ')} – list origins like https://app.example, without a path.`,
    );
  }
  return entries.flatMap((entry) => parseOrigin(entry) ?? []);
};

const readAlgorithms = (reader: EnvironmentReader): readonly [JwtAlgorithm, ...JwtAlgorithm[]] => {
  const names = reader.list('JWT_ALGORITHMS', defaultSettings.jwtAlgorithms);
  const known = jwtAlgorithms.filter((algorithm) => names.includes(algorithm));
  const [first, ...rest] = known.toSorted((a, b) => names.indexOf(a) - names.indexOf(b));
  if (first !== undefined && known.length === names.length) return [first, ...rest];
  reader.problems.push(
    `JWT_ALGORITHMS is "${names.join(',')}", but must list some of ${jwtAlgorithms.join(', ')}.`,
  );
  return ['HS256'];
};

const readDemoUsers = (reader: EnvironmentReader): readonly DemoUser[] => {
  const users: DemoUser[] = [];
  for (const [index, entry] of reader.list('DEMO_USERS', [], reader.secret('DEMO_USERS')).entries()) {
    const user = parseDemoUser(entry);
    if (user === undefined) {
      reader.problems.push(`DEMO_USERS: entry ${index + 1} is not of the form user:password.`);
    } else if (users.some((other) => other.username === user.username)) {
      reader.problems.push(`DEMO_USERS: entry ${index + 1} names a user that is already listed.`);
    } else users.push(user);
  }
  return users;
};

const readSymbols = (reader: EnvironmentReader): readonly string[] => {
  const symbols = reader.list('SYMBOLS', defaultSettings.symbols);
  const odd = symbols.filter((symbol) => !/^[A-Za-z0-9._/^=-]{1,32}$/.test(symbol));
  if (symbols.length === 0)
    reader.problems.push('SYMBOLS lists no symbol. Give at least one, e.g. AAPL,MSFT.');
  if (odd.length > 0) {
    reader.problems.push(
      `SYMBOLS: ${odd.join(', ')} – a symbol has 1 to 32 letters, digits or one of . _ / ^ = -.`,
    );
  }
  return symbols;
};

const readAdmissionLimits = (reader: EnvironmentReader): AdmissionLimits => {
  const connections = { min: 1, max: 10_000_000 };
  return {
    maxConnections: reader.limit('MAX_CONNECTIONS', connections),
    maxHandshakesInFlight: reader.limit('MAX_HANDSHAKES_IN_FLIGHT', connections),
    maxEventLoopDelayMs: reader.limit('MAX_EVENT_LOOP_DELAY_MS', { min: 1, max: LARGEST_INTERVAL_MS }),
    maxMemoryBytes: reader.limit('MAX_MEMORY_BYTES', { min: 1_048_576, max: 1_024 * LARGEST_BYTES }),
    maxConnectionsPerUser: reader.limit('MAX_CONNECTIONS_PER_USER', connections),
    maxConnectionsPerAddress: reader.limit('MAX_CONNECTIONS_PER_ADDRESS', connections),
  };
};

const readTrustedProxies = (reader: EnvironmentReader): readonly string[] => {
  const entries = reader.list('TRUSTED_PROXIES', []);
  const odd = entries.filter((entry) => parseNetwork(entry) === undefined);
  if (odd.length > 0) {
    reader.problems.push(
      `TRUSTED_PROXIES: ${odd.join(', ')} – list addresses like 10.0.0.1 or networks like 10.0.0.0/8.`,
    );
  }
  return odd.length > 0 ? [] : entries;
};

const readSlowConsumerLimits = (
  reader: EnvironmentReader,
): Pick<ReferenceServerSettings, 'slowConsumerConflateBytes' | 'slowConsumerCloseBytes'> => {
  const slowConsumerConflateBytes = reader.integer('SLOW_CONSUMER_CONFLATE_BYTES', {
    fallback: defaultSettings.slowConsumerConflateBytes,
    min: 1,
    max: LARGEST_BYTES,
  });
  const slowConsumerCloseBytes = reader.integer('SLOW_CONSUMER_CLOSE_BYTES', {
    fallback: Math.max(defaultSettings.slowConsumerCloseBytes, 2 * slowConsumerConflateBytes),
    min: 1,
    max: 2 * LARGEST_BYTES,
  });
  if (slowConsumerCloseBytes <= slowConsumerConflateBytes) {
    reader.problems.push(
      `SLOW_CONSUMER_CLOSE_BYTES (${slowConsumerCloseBytes}) must be larger than ` +
        `SLOW_CONSUMER_CONFLATE_BYTES (${slowConsumerConflateBytes}): quotes are conflated first.`,
    );
  }
  return { slowConsumerConflateBytes, slowConsumerCloseBytes };
};

const atMost = (max: number) => ({ fallback: 0, min: 0, max });

const readFaults = (reader: EnvironmentReader): Faults => {
  const read: string[] = [];
  const seen = (name: string): string => {
    read.push(name);
    return name;
  };
  const faults: Faults = {
    handshakeDelayMs: reader.decimal(seen('FAULT_HANDSHAKE_DELAY_MS'), atMost(LARGEST_INTERVAL_MS)),
    rejectEveryNthUpgrade: reader.integer(seen('FAULT_REJECT_EVERY_NTH_UPGRADE'), atMost(1_000_000)),
    withholdInitialMessages: reader.flag(seen('FAULT_WITHHOLD_INITIAL_MESSAGES')),
    neverAnswerUpgrade: reader.flag(seen('FAULT_NEVER_ANSWER_UPGRADE')),
    dropConnectionsAfterMs: reader.decimal(
      seen('FAULT_DROP_CONNECTIONS_AFTER_MS'),
      atMost(LARGEST_INTERVAL_MS),
    ),
    leakBytesPerConnectionSecond: reader.integer(
      seen('FAULT_LEAK_BYTES_PER_CONNECTION_SECOND'),
      atMost(LARGEST_BYTES),
    ),
    burnCpuPerHandshakeMs: reader.decimal(seen('FAULT_BURN_CPU_PER_HANDSHAKE_MS'), atMost(60_000)),
    burnCpuPerMessageMs: reader.decimal(seen('FAULT_BURN_CPU_PER_MESSAGE_MS'), atMost(60_000)),
    skipEveryNthQuote: reader.integer(seen('FAULT_SKIP_EVERY_NTH_QUOTE'), atMost(1_000_000)),
    delayTenthClientMs: reader.decimal(seen('FAULT_DELAY_TENTH_CLIENT_MS'), atMost(LARGEST_INTERVAL_MS)),
    dropWithoutRedis: reader.flag(seen('FAULT_DROP_WITHOUT_REDIS')),
    neverReconnectToRedis: reader.flag(seen('FAULT_NEVER_RECONNECT_TO_REDIS')),
  };
  reader.rejectUnknown('FAULT_', read);
  return faults;
};

import { randomUUID } from 'node:crypto';
import { noLimits, type AdmissionLimits } from '../admission/admission-limits.ts';
import type { DemoUser } from '../auth/demo-users.ts';
import type { TokenRules } from '../auth/token-rules.ts';
import { noFaults, type Faults } from '../faults.ts';

/** How much a server writes to its log. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Everything a reference server runs on, with nothing left open. */
export interface ResolvedSettings extends AdmissionLimits, TokenRules {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Null keeps quotes and statistics in memory. */
  readonly redisUrl: string | null;
  readonly demoUsers: readonly DemoUser[];
  readonly tokenLifetimeMs: number;
  readonly symbols: readonly string[];
  /** Over all symbols and instances together; 0 publishes none. */
  readonly quotesPerSecond: number;
  /** Messages of quotes are padded to so many; 0 leaves them as they are. */
  readonly quoteBytes: number;
  /** Of a request line with its headers. */
  readonly maxHeaderBytes: number;
  /** Each quote that this instance published goes to its log. */
  readonly logsQuotes: boolean;
  readonly maxMessageBytes: number;
  /** Of one client, control frames that have to be answered included; null sets no limit. */
  readonly maxMessagesPerSecond: number | null;
  /** Symbols that one client may ask for at a time; null sets no limit. */
  readonly maxSubscriptions: number | null;
  /** Origins whose pages may connect; empty allows all. */
  readonly allowedOrigins: readonly string[];
  /** Opens the monitoring endpoints; null leaves them open to anyone. */
  readonly monitoringKey: string | null;
  /** Addresses and networks whose X-Forwarded-For tells the client's address. */
  readonly trustedProxies: readonly string[];
  /** Failures in a row after which Redis is left alone. */
  readonly redisCircuitFailures: number;
  /** How long Redis is then left alone before it is tried again. */
  readonly redisCircuitOpenMs: number;
  /** How long a command to Redis may wait for its answer before it has failed. */
  readonly redisAnswerMs: number;
  readonly slowConsumerConflateBytes: number;
  readonly slowConsumerCloseBytes: number;
  /** How long a slow consumer has to take its close frame before the connection is cut. */
  readonly slowConsumerCloseGraceMs: number;
  /** How much of a turn of the event loop handshakes may take; 0 sets no limit. */
  readonly handshakeTurnMs: number;
  /** Over how long the clients of a server that stops are asked to leave, one after another. */
  readonly drainMs: number;
  /** Over how long those clients are asked to come back. */
  readonly reconnectSpreadMs: number;
  /** How long each of them has to answer the close. */
  readonly shutdownGraceMs: number;
  readonly logLevel: LogLevel;
  readonly instanceId: string;
  readonly faults: Faults;
}

/** What the caller of `startReferenceServer` gives: the secret, and whatever differs from the defaults. */
export type ReferenceServerSettings = Pick<ResolvedSettings, 'jwtSecret'> &
  Partial<Omit<ResolvedSettings, 'jwtSecret' | 'faults' | 'instanceId'>> & {
    readonly instanceId?: string;
    readonly faults?: Partial<Faults>;
  };

/** What holds where nothing else is said; `logLevel` is for a server inside another program. */
export const defaultSettings = Object.freeze({
  host: '127.0.0.1',
  port: 8000,
  redisUrl: null,
  jwtPreviousSecret: null,
  jwtAlgorithms: ['HS256'],
  jwtAudience: null,
  jwtIssuer: null,
  maxTokenBytes: 8_192,
  demoUsers: [],
  tokenLifetimeMs: 3_600_000,
  symbols: ['AAPL', 'AMZN', 'GOOG', 'META', 'MSFT', 'NVDA', 'ORCL', 'TSLA'],
  quotesPerSecond: 20,
  quoteBytes: 0,
  maxHeaderBytes: 16_384,
  logsQuotes: false,
  maxMessageBytes: 16_384,
  maxMessagesPerSecond: null,
  maxSubscriptions: null,
  allowedOrigins: [],
  monitoringKey: null,
  ...noLimits,
  trustedProxies: [],
  redisCircuitFailures: 5,
  redisCircuitOpenMs: 1_000,
  redisAnswerMs: 1_000,
  slowConsumerConflateBytes: 262_144,
  slowConsumerCloseBytes: 4_194_304,
  slowConsumerCloseGraceMs: 2_000,
  handshakeTurnMs: 5,
  drainMs: 2_000,
  reconnectSpreadMs: 1_000,
  shutdownGraceMs: 5_000,
  logLevel: 'silent',
} satisfies Omit<ResolvedSettings, 'jwtSecret' | 'faults' | 'instanceId'>);

/** The given settings with the defaults filled in. */
export const resolveSettings = (settings: ReferenceServerSettings): ResolvedSettings => {
  if (settings.jwtSecret === '') {
    throw new TypeError(
      'jwtSecret is empty, but tokens are verified with it. Give the secret that signs them.',
    );
  }
  return {
    ...defaultSettings,
    ...settings,
    instanceId: settings.instanceId ?? randomUUID(),
    faults: { ...noFaults, ...settings.faults },
  };
};

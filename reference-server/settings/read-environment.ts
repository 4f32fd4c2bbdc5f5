import { EnvironmentReader, type Environment } from './environment-reader.ts';
import { readNumbers } from './number-settings.ts';
import { readCallers } from './read-callers.ts';
import { readFaults } from './read-faults.ts';
import { readRedisUrl } from './read-redis-url.ts';
import { readTokenRules } from './read-token-rules.ts';
import { defaultSettings, type LogLevel, type ReferenceServerSettings } from './settings.ts';

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
    ...readCallers(reader),
    tokenLifetimeMs:
      1_000 * reader.integer('TOKEN_TTL_SECONDS', { fallback: 3_600, min: 1, max: 31_536_000 }),
    symbols: readSymbols(reader),
    ...readNumbers(reader),
    logsQuotes: reader.flag('LOG_QUOTES'),
    logLevel: reader.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    ...(instanceId === undefined ? {} : { instanceId }),
    faults: readFaults(reader),
  };
  return reader.problems.length === 0
    ? { outcome: 'valid', settings }
    : { outcome: 'invalid', problems: reader.problems };
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

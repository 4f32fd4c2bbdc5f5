import { describe, expect, it } from 'vitest';
import { noFaults } from '../faults.ts';
import { spawnEntry } from '../testing/spawned-server.ts';
import { readEnvironment } from './read-environment.ts';
import { defaultSettings, resolveSettings } from './settings.ts';

const problemsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  const reading = readEnvironment({ JWT_SECRET: 's', ...environment });
  return reading.outcome === 'valid' ? [] : reading.problems;
};

const settingsOf = (environment: Readonly<Record<string, string>>) => {
  const reading = readEnvironment({ JWT_SECRET: 's', ...environment });
  if (reading.outcome === 'invalid') throw new Error(reading.problems.join('\n'));
  return reading.settings;
};

describe('an environment', () => {
  it('with only a secret gives the defaults, and a log', () => {
    const { instanceId, ...resolved } = resolveSettings(settingsOf({}));
    expect(resolved).toEqual({ ...defaultSettings, jwtSecret: 's', logLevel: 'info', faults: noFaults });
    expect(instanceId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gives every setting', () => {
    const settings = settingsOf({
      HOST: '::1',
      PORT: '0',
      REDIS_URL: 'rediss://u:p@cache:6380/2',
      JWT_PREVIOUS_SECRET: 'old',
      JWT_ALGORITHMS: 'HS512,HS256',
      JWT_AUDIENCE: 'market-data',
      JWT_ISSUER: 'accounts',
      MAX_TOKEN_BYTES: '4096',
      ALLOWED_ORIGINS: 'https://APP.example:443,http://localhost:3000',
      MONITORING_KEY: 'key',
      MAX_HEADER_BYTES: '8192',
      MAX_MESSAGES_PER_SECOND: '50',
      MAX_SUBSCRIPTIONS: '9',
      DEMO_USERS: 'ada:p:w, bob:x',
      TOKEN_TTL_SECONDS: '60',
      SYMBOLS: 'AAPL, MSFT,AAPL',
      QUOTES_PER_SECOND: '0.5',
      QUOTE_BYTES: '4096',
      MAX_MESSAGE_BYTES: '64',
      MAX_CONNECTIONS: '3',
      MAX_HANDSHAKES_IN_FLIGHT: '4',
      MAX_EVENT_LOOP_DELAY_MS: '200',
      MAX_MEMORY_BYTES: '500000000',
      MAX_CONNECTIONS_PER_USER: '5',
      MAX_CONNECTIONS_PER_ADDRESS: '6',
      TRUSTED_PROXIES: '10.0.0.0/8,::1',
      REDIS_CIRCUIT_FAILURES: '7',
      REDIS_CIRCUIT_OPEN_MS: '800',
      REDIS_ANSWER_MS: '1500',
      SLOW_CONSUMER_CONFLATE_BYTES: '10',
      SLOW_CONSUMER_CLOSE_BYTES: '20',
      HANDSHAKE_TURN_MS: '7.5',
      DRAIN_MS: '700',
      RECONNECT_SPREAD_MS: '300',
      SHUTDOWN_GRACE_MS: '0',
      LOG_LEVEL: 'debug',
      INSTANCE_ID: 'one',
    });
    expect(settings).toMatchObject({
      host: '::1',
      port: 0,
      redisUrl: 'rediss://u:p@cache:6380/2',
      jwtPreviousSecret: 'old',
      jwtAlgorithms: ['HS512', 'HS256'],
      jwtAudience: 'market-data',
      jwtIssuer: 'accounts',
      maxTokenBytes: 4_096,
      allowedOrigins: ['https://app.example', 'http://localhost:3000'],
      monitoringKey: 'key',
      maxHeaderBytes: 8_192,
      maxMessagesPerSecond: 50,
      maxSubscriptions: 9,
      demoUsers: [
        { username: 'ada', password: 'p:w' },
        { username: 'bob', password: 'x' },
      ],
      tokenLifetimeMs: 60_000,
      symbols: ['AAPL', 'MSFT'],
      quotesPerSecond: 0.5,
      quoteBytes: 4_096,
      maxMessageBytes: 64,
      maxConnections: 3,
      maxHandshakesInFlight: 4,
      maxEventLoopDelayMs: 200,
      maxMemoryBytes: 500_000_000,
      maxConnectionsPerUser: 5,
      maxConnectionsPerAddress: 6,
      trustedProxies: ['10.0.0.0/8', '::1'],
      redisCircuitFailures: 7,
      redisCircuitOpenMs: 800,
      redisAnswerMs: 1_500,
      slowConsumerConflateBytes: 10,
      slowConsumerCloseBytes: 20,
      handshakeTurnMs: 7.5,
      drainMs: 700,
      reconnectSpreadMs: 300,
      shutdownGraceMs: 0,
      logLevel: 'debug',
      instanceId: 'one',
    });
  });

  it('gives every fault', () => {
    const { faults } = settingsOf({
      FAULT_HANDSHAKE_DELAY_MS: '40',
      FAULT_REJECT_EVERY_NTH_UPGRADE: '10',
      FAULT_WITHHOLD_INITIAL_MESSAGES: '1',
      FAULT_NEVER_ANSWER_UPGRADE: 'true',
      FAULT_DROP_CONNECTIONS_AFTER_MS: '500',
      FAULT_LEAK_BYTES_PER_CONNECTION_SECOND: '1000',
      FAULT_BURN_CPU_PER_HANDSHAKE_MS: '2.5',
      FAULT_BURN_CPU_PER_MESSAGE_MS: '0.1',
      FAULT_SKIP_EVERY_NTH_QUOTE: '7',
      FAULT_DELAY_TENTH_CLIENT_MS: '8.5',
      FAULT_DROP_WITHOUT_REDIS: '1',
      FAULT_NEVER_RECONNECT_TO_REDIS: '1',
      FAULT_LEAK_DESCRIPTOR_EVERY_NTH_CLOSE: '3',
      FAULT_FORGET_EVERY_NTH_CLOSE: '4',
    });
    expect(faults).toEqual({
      handshakeDelayMs: 40,
      rejectEveryNthUpgrade: 10,
      withholdInitialMessages: true,
      neverAnswerUpgrade: true,
      dropConnectionsAfterMs: 500,
      leakBytesPerConnectionSecond: 1_000,
      burnCpuPerHandshakeMs: 2.5,
      burnCpuPerMessageMs: 0.1,
      skipEveryNthQuote: 7,
      delayTenthClientMs: 8.5,
      dropWithoutRedis: true,
      neverReconnectToRedis: true,
      leakDescriptorEveryNthClose: 3,
      forgetEveryNthClose: 4,
    });
  });

  it.each([
    ['JWT_SECRET', ''],
    ['JWT_SECRET', '-----BEGIN PUBLIC KEY-----\nMIIB'],
    ['JWT_PREVIOUS_SECRET', '-----BEGIN CERTIFICATE-----\nMIIB'],
    ['JWT_PREVIOUS_SECRET_FILE', '/nowhere/secret'],
    ['JWT_SECRET_FILE', '/dev/null'],
    ['MAX_TOKEN_BYTES', '10'],
    ['ALLOWED_ORIGINS', 'app.example'],
    ['ALLOWED_ORIGINS', 'https://app.example/path'],
    ['MAX_HEADER_BYTES', '100'],
    ['MAX_MESSAGES_PER_SECOND', '0'],
    ['MAX_SUBSCRIPTIONS', 'all'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['REDIS_URL', 'cache:6379'],
    ['REDIS_URL', 'redis://user:50%off@cache:6379'],
    ['JWT_ALGORITHMS', 'HS256,RS256'],
    ['JWT_ALGORITHMS', 'none'],
    ['DEMO_USERS', 'ada'],
    ['DEMO_USERS', 'ada:x,ada:y'],
    ['TOKEN_TTL_SECONDS', '0'],
    ['SYMBOLS', ','],
    ['SYMBOLS', 'A B'],
    ['QUOTES_PER_SECOND', '1e9'],
    ['QUOTE_BYTES', '2000000'],
    ['MAX_MESSAGE_BYTES', '63'],
    ['MAX_CONNECTIONS', '0'],
    ['MAX_HANDSHAKES_IN_FLIGHT', '-1'],
    ['MAX_EVENT_LOOP_DELAY_MS', '0'],
    ['MAX_MEMORY_BYTES', '1000'],
    ['MAX_CONNECTIONS_PER_USER', 'many'],
    ['MAX_CONNECTIONS_PER_ADDRESS', '1.5'],
    ['TRUSTED_PROXIES', 'proxy.local'],
    ['REDIS_CIRCUIT_FAILURES', '0'],
    ['REDIS_CIRCUIT_OPEN_MS', '0'],
    ['REDIS_ANSWER_MS', '30001'],
    ['SLOW_CONSUMER_CLOSE_BYTES', '100'],
    ['LOG_LEVEL', 'loud'],
    ['FAULT_WITHHOLD_INITIAL_MESSAGES', 'yes'],
    ['FAULT_HANDSHAKE_DELAY', '5'],
  ])('with %s="%s" is refused for that', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(name)]);
  });

  it('never shows a secret in a problem', () => {
    const problems = problemsOf({ REDIS_URL: 'http://u:hunter2@x', DEMO_USERS: ':hunter2' });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('the process', () => {
  it('reports all problems together and exits with 2', async () => {
    const { exited, output } = spawnEntry({ PORT: 'x', QUOTES_PER_SECOND: '-1' });
    expect(await exited).toBe(2);
    expect(output()).toMatch(
      /can not start:\n {2}- PORT .*\n {2}- JWT_SECRET .*\n {2}- QUOTES_PER_SECOND .*\n$/,
    );
  });
});

import { describe, expect, test } from 'vitest';
import { redactSecrets } from './redact.ts';
import { secretsOf } from './secrets-of.ts';

const nothing = { tokens: [], headers: {} };

describe('a header', () => {
  test.for([
    ['X-Api-Key', 'k3y', ['k3y']],
    ['Authorization', 'Bearer opaque-token-1', ['Bearer opaque-token-1', 'opaque-token-1']],
    ['Authorization', 'Basic YWRhOmh1bnRlcjI=', ['hunter2']],
    ['Cookie', 'theme=dark; sid=0123456789', ['0123456789']],
    ['X-Shop', '4f1c9a7e22b04d6c', ['4f1c9a7e22b04d6c']],
  ] as const)('%s: %s is secret', ([name, value, secrets]) => {
    expect(secretsOf({ ...nothing, headers: { [name]: value } })).toEqual(
      expect.arrayContaining([...secrets]),
    );
  });

  test.for([
    ['X-Tenant', 'staging'],
    ['X-Tenant', '7'],
    ['Origin', 'https://shop1.example.test:8443'],
    ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64)'],
    ['Accept-Language', 'en-US'],
  ] as const)('%s: %s is none', ([name, value]) => {
    expect(secretsOf({ ...nothing, headers: { [name]: value } })).toEqual([]);
  });
});

describe('a variable of a server', () => {
  test.for([
    ['JWT_SECRET', 'abcd', ['abcd']],
    ['MONITORING_KEY', 'of those who watch', ['of those who watch']],
    ['DEMO_USERS', 'ada:hunter2,bob:h:x3', ['hunter2', 'h:x3']],
    ['REDIS_URL', 'redis://u:p%40ss@cache:6379', ['p%40ss', 'p@ss']],
    ['DB_PASSWORD', '12345678', ['12345678']],
    ['apiKey', '004711', ['004711']],
  ] as const)('%s=%s holds a secret', ([name, value, secrets]) => {
    expect(secretsOf({ ...nothing, environments: [{ [name]: value }] })).toEqual(
      expect.arrayContaining([...secrets]),
    );
  });

  test.for([
    ['MAX_TOKEN_BYTES', '8192'],
    ['JWT_SECRET_FILE', '/run/secrets/jwt'],
    ['REDIS_URL', 'redis://cache:6379'],
    ['QUOTES_PER_SECOND', '0.5'],
    ['JWT_ALGORITHMS', 'HS256'],
    ['AUTH_REQUIRED', 'true'],
    ['TOKEN_TTL_SECONDS', '1209600'],
    ['MAX_REQUESTS_PER_KEY', '100000'],
    ['API_KEY', '12345'],
    ['USE_PASSWORD', 'false'],
  ] as const)('%s=%s holds none', ([name, value]) => {
    expect(secretsOf({ ...nothing, environments: [{ [name]: value }] })).toEqual([]);
  });
});

test.for([
  ['API_KEY=s3cret node server.js', 'API_KEY=[token] node server.js'],
  [`cd shop && DB_PASSWORD='two words' npm start`, `cd shop && DB_PASSWORD='[token]' npm start`],
  ['npm start -- --auth-token s3cret --port 80', 'npm start -- --auth-token [token] --port 80'],
  ['serve --verbose --auth-token s3cret', 'serve --verbose --auth-token [token]'],
  ['npm start -- --password=s3cret', 'npm start -- --password=[token]'],
  ['npm start -- --db-password 12345678 --port 8000', 'npm start -- --db-password [token] --port 8000'],
  ['DATABASE_URL=postgres://u:s3cret@db/shop ./run', 'DATABASE_URL=postgres://u:[token]@db/shop ./run'],
  ['BURN_MS=1 node --max-old-space-size=512 server.js', 'BURN_MS=1 node --max-old-space-size=512 server.js'],
] as const)('the command %s is shown as %s', ([command, shown]) => {
  expect(redactSecrets(secretsOf({ ...nothing, commands: [command] }))(command)).toBe(shown);
});

test.for([
  ['ws://host/ws?token=s3cret&x=1', ['s3cret']],
  ['ws://host/ws?api_key=s3cret', ['s3cret']],
  ['ws://host/ws?id=4f1c9a7e22b04d6c', ['4f1c9a7e22b04d6c']],
  ['https://host/?room=blue', []],
  ['no address', []],
] as const)('in the address %s is secret: %j', ([url, secrets]) => {
  expect(secretsOf({ ...nothing, url })).toEqual([...secrets]);
});

import { expect, it } from 'vitest';
import { spawnServer } from './testing/spawned-server.ts';
import { signedToken } from './testing/signed-token.ts';
import { createLogger } from './log.ts';

const capture = (
  write: (logger: ReturnType<typeof createLogger>) => void,
  secrets: readonly string[],
): string => {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    instanceId: 'test',
    secrets,
    write: (line) => lines.push(line),
  });
  write(logger);
  return lines.join('');
};

const token = signedToken();

it.each([
  ['a token in an address', { url: `/ws?x=1&token=${token}&y=2` }],
  ['a token that is none, in an address', { url: '/ws?token=hunter22' }],
  ['a token in a message', { err: new Error(`can not read ${token}`) }],
  ['a token without a signature', { header: `Bearer ${token.replace(/[^.]*$/, '')}` }],
  ['a secret', { note: 'the secret is hunter22' }],
  ['a secret with quotes', { note: 'it is hun"ter22, or so' }],
])('%s is blanked whatever field it is in', (_title, fields) => {
  const line = capture((logger) => logger.info(fields, 'said'), ['hunter22', 'hun"ter22']);
  expect(line).toContain('[redacted]');
  for (const secret of [token.slice(0, 30), 'hunter22', 'ter22']) expect(line).not.toContain(secret);
  expect(JSON.parse(line)).toMatchObject({ msg: 'said' });
});

it('a server that anyone can watch, or whose secret is short, says so when it starts', async () => {
  await using open = await spawnServer({ JWT_SECRET: 'short' });
  const warnings = open.log().filter(({ level }) => level === 40);
  expect(warnings.map(({ msg }) => msg)).toEqual([
    expect.stringContaining('MONITORING_KEY'),
    expect.stringContaining('shorter than 32 bytes'),
  ]);
});

it('a server that has a key and a good secret warns of nothing', async () => {
  const environment = { JWT_SECRET: 's'.repeat(32), MONITORING_KEY: 'key of the monitoring' };
  await using closed = await spawnServer(environment);
  expect(closed.log().filter(({ level }) => level === 40)).toEqual([]);
});

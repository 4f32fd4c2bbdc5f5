import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startClock } from '../harness/connection/clock.ts';
import { watchLeaks, type LeakFindings } from './watch-leaks.ts';

const always = { fromMs: 0, untilMs: Number.POSITIVE_INFINITY };

/** Watches a server that tells this, until it was asked so many times; what it tells may change from one time to the next. */
const watchFor = async (
  tell: (asked: number) => Readonly<Record<string, number>>,
  { instances = 1, reads = 0 }: { readonly instances?: number; readonly reads?: number } = {},
): Promise<LeakFindings> => {
  let asked = 0;
  const enough = Promise.withResolvers<void>();
  if (reads === 0) enough.resolve();
  const server = createServer((_request, response) => {
    const lines = Object.entries(tell(asked)).map(([name, value]) => `${name} ${String(value)}\n`);
    asked += 1;
    if (asked === reads) enough.resolve();
    response.end(lines.join(''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    await using watch = await watchLeaks({ httpUrl: `http://127.0.0.1:${String(port)}`, instances });
    watch.start(startClock());
    await enough.promise;
    return await watch.conclude(always);
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

const standing = {
  process_start_time_seconds: 1,
  process_open_fds: 20,
  redis_db_keys: 3,
  redis_memory_used_bytes: 1_000,
};

test('what was given back before the end of some seconds is not left', async () => {
  const { metrics, notTaken } = await watchFor((asked) =>
    asked < 1 || asked > 4 ? standing : { ...standing, process_open_fds: 25 },
  );
  expect(metrics).toMatchObject({
    serverDescriptorsLeft: { value: 0 },
    redisKeysLeft: { value: 0 },
  });
  expect(notTaken).toEqual({});
});

test('what is there in addition is left, and slopes are taken from all readings', async () => {
  const { metrics } = await watchFor(
    (asked) => ({ ...standing, redis_db_keys: 3 + asked, redis_memory_used_bytes: 1_000 * asked }),
    { reads: 6 },
  );
  expect(metrics['redisKeysLeft']).toMatchObject({ unit: 'count', readings: 2 });
  const growth = metrics['redisMemoryGrowth'];
  expect(growth).toMatchObject({ unit: 'bytes/s' });
  // One reading a second, each a thousand bytes more, on a machine that may be late.
  expect(growth).toMatchObject({ value: expect.closeTo(1_000, -3) });
});

test.for([
  ['several instances', 2, (): object => standing, 'several instances share the load'],
  ['no /metrics', 1, () => ({ 'no metric': 1 }), 'no `/metrics`'],
  [
    'another process',
    1,
    (asked: number) => ({ ...standing, process_start_time_seconds: asked === 0 ? 1 : 2 }),
    'another one than before the load',
  ],
] as const)('of %s nothing is known, and why is said', async ([, instances, tell, reason]) => {
  const { metrics, notTaken } = await watchFor((asked) => tell(asked) as Readonly<Record<string, number>>, {
    instances,
  });
  expect(metrics).toMatchObject({ serverDescriptorsLeft: { value: null }, redisKeysLeft: { value: null } });
  expect(notTaken['serverDescriptorsLeft']).toContain(reason);
});

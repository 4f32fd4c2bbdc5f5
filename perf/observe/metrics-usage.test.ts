import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { metricsUsage } from './metrics-usage.ts';
import type { Usage } from './usage.ts';

/** What is read, time after time, of a server that tells these texts one after the other; null is no answer but a 404. */
const readingsOf = async (...texts: readonly (string | null)[]): Promise<(Usage | null)[]> => {
  const told = [...texts];
  const server = createServer((_request, response) => {
    const text = told.shift() ?? null;
    response.statusCode = text === null ? 404 : 200;
    response.end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using usage = metricsUsage(`http://127.0.0.1:${String(port)}`);
  try {
    const readings: (Usage | null)[] = [];
    while (readings.length < texts.length) readings.push(await usage.read());
    return readings;
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

const text = (startedAt: number, cpuSeconds: number): string =>
  `process_start_time_seconds ${String(startedAt)}\nprocess_cpu_seconds_total ${String(cpuSeconds)}\nprocess_resident_memory_bytes 1e6\n`;
const usage = (cpuMs: number): Usage => ({ cpuMs, memoryBytes: 1_000_000 });

test('processor time and memory are what the server tells, and nothing where it tells neither', async () => {
  expect(await readingsOf(text(1, 2), text(1, 3.5), 'other 1\n', null)).toEqual([
    usage(2_000),
    usage(3_500),
    null,
    null,
  ]);
});

test('what another process tells than the first is not taken for the same server’s', async () => {
  expect(await readingsOf(text(1, 2), text(5, 0.1), text(1, 3))).toEqual([usage(2_000), null, usage(3_000)]);
});

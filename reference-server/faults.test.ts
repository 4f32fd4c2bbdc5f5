import { describe, expect, it } from 'vitest';
import { burnCpu } from './burn-cpu.ts';
import { everyNth } from './faults.ts';
import { MemoryLeak } from './memory-leak.ts';
import { connectClient } from './testing/market-client.ts';
import { readMetric, readStats } from './testing/read-stats.ts';
import { signedToken } from './testing/signed-token.ts';
import { spawnServer } from './testing/spawned-server.ts';
import { startTestServer } from './testing/start-test-server.ts';
import { until } from './testing/until.ts';
import { upgradeRequest } from './testing/upgrade-request.ts';

const residentBytes = (url: string): Promise<number> => readMetric(url, 'process_resident_memory_bytes');

const upgrade = (url: string) =>
  upgradeRequest(url, { headers: { Authorization: `Bearer ${signedToken()}` } });

describe('a server', { timeout: 60_000 }, () => {
  it('that delays handshakes takes at least that long, and reports it', async () => {
    await using server = await startTestServer({ faults: { handshakeDelayMs: 60 } });
    using client = await connectClient(server.url);
    await client.receive('snapshot');
    const { min_connection_time } = await readStats(server.url);
    expect(min_connection_time).toBeGreaterThanOrEqual(0.059); // Node timers may fire up to 1 ms early
  });

  it('that delays handshakes reads its clients afterwards, and notices that they leave', async () => {
    await using server = await startTestServer({ faults: { handshakeDelayMs: 20 } });
    using client = await connectClient(server.url);
    client.send({ type: 'ping', id: 1, sentAt: 1 });
    await client.receive('pong');
    client.socket.close(1000);
    expect(await client.closed).toBe(1000);
  });

  it('that rejects every third upgrade answers it with 503', async () => {
    await using server = await startTestServer({ faults: { rejectEveryNthUpgrade: 3 } });
    const statuses: number[] = [];
    for (let sent = 0; sent < 6; sent += 1) statuses.push((await upgrade(server.url)).status);
    expect(statuses).toEqual([101, 101, 503, 101, 101, 503]);
    expect(await readStats(server.url)).toMatchObject({ total_connections: 6, failed_connections: 2 });
  });

  it('that withholds initial messages sends quotes, but neither welcome nor snapshot', async () => {
    await using server = await startTestServer({
      quotesPerSecond: 200,
      faults: { withholdInitialMessages: true },
    });
    using client = await connectClient(server.url);
    await client.receive('quote', 3);
    expect(new Set(client.messages.map(({ type }) => type))).toEqual(new Set(['quote']));
  });

  it('that never answers keeps the attempt pending until the client gives up', async () => {
    await using server = await startTestServer({ faults: { neverAnswerUpgrade: true } });
    const givenUp = expect(connectClient(server.url, { handshakeTimeout: 300 })).rejects.toThrow(
      'Opening handshake has timed out',
    );
    const pending = await until(
      () => readStats(server.url),
      (stats) => stats.total_connections === 1,
    );
    expect(pending.current_connections).toBe(0);
    await givenUp;
    await until(
      () => readStats(server.url),
      (stats) => stats.failed_connections === 1,
    );
  });

  it('that drops connections ends them without a close frame', async () => {
    await using server = await startTestServer({ faults: { dropConnectionsAfterMs: 50 } });
    using client = await connectClient(server.url);
    expect(await client.closed).toBe(1006);
    await until(
      () => readStats(server.url),
      (stats) => stats.current_connections === 0,
    );
  });

  it('that leaks grows in resident memory while a connection is open', async () => {
    await using server = await spawnServer({ FAULT_LEAK_BYTES_PER_CONNECTION_SECOND: '200000000' });
    const before = await residentBytes(server.url);
    using client = await connectClient(server.url);
    await until(
      () => residentBytes(server.url),
      (bytes) => bytes > before + 100_000_000,
    );
    client.socket.close();
    await client.closed;
  });

  it('that burns CPU per handshake and per message uses that much more of it', async () => {
    await using server = await startTestServer({
      faults: { burnCpuPerHandshakeMs: 50, burnCpuPerMessageMs: 30 },
    });
    const before = process.cpuUsage();
    using client = await connectClient(server.url);
    const afterHandshake = process.cpuUsage(before);
    expect(afterHandshake.user + afterHandshake.system).toBeGreaterThanOrEqual(50_000);
    const { avg_connection_time } = await readStats(server.url);
    expect(avg_connection_time).toBeGreaterThanOrEqual(0.05);
    client.send({ type: 'ping', id: 1, sentAt: 1 });
    await client.receive('pong');
    const afterMessage = process.cpuUsage(before);
    expect(afterMessage.user + afterMessage.system).toBeGreaterThanOrEqual(80_000);
  });

  it('that skips every fourth quote leaves a gap in the sequence', async () => {
    await using server = await startTestServer({
      symbols: ['AAPL'],
      quotesPerSecond: 200,
      faults: { skipEveryNthQuote: 4 },
    });
    using client = await connectClient(server.url);
    await client.receive('quote', 20);
    const sequences = client.ofType('quote').map(({ sequence }) => sequence);
    expect(sequences.every((sequence) => sequence % 4 !== 0)).toBe(true);
  });

  it.runIf(process.platform === 'linux')(
    'that leaks descriptors keeps one for every second connection that ended',
    async () => {
      await using server = await spawnServer({ FAULT_LEAK_DESCRIPTOR_EVERY_NTH_CLOSE: '2' });
      const openFiles = (): Promise<number> => readMetric(server.url, 'process_open_fds');
      const before = await openFiles();
      for (let count = 0; count < 40; count += 1) {
        using client = await connectClient(server.url);
        client.socket.close();
        await client.closed;
      }
      // Some files of the readings' own connections come and go.
      await until(openFiles, (files) => files >= before + 15 && files <= before + 25);
    },
  );

  it('that forgets every second connection that ended counts it as open', async () => {
    await using server = await startTestServer({ faults: { forgetEveryNthClose: 2 } });
    for (let count = 0; count < 6; count += 1) {
      using client = await connectClient(server.url);
      client.socket.close();
      await client.closed;
    }
    await until(
      () => readMetric(server.url, 'websocket_connections_open'),
      (open) => open === 0,
    );
    expect(await readStats(server.url)).toMatchObject({ total_connections: 6, current_connections: 3 });
  });

  it('that delays every tenth client sends it the same quotes, in order, that much later', async () => {
    await using server = await startTestServer({
      symbols: ['AAPL'],
      quotesPerSecond: 100,
      faults: { delayTenthClientMs: 300 },
    });
    for (let count = 0; count < 8; count += 1) (await connectClient(server.url))[Symbol.dispose]();
    using ninth = await connectClient(server.url);
    using tenth = await connectClient(server.url);
    await tenth.receive('quote', 20);
    const sequences = tenth.ofType('quote').map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => (sequences[0] ?? 0) + index));
    // What the ninth has by now was published up to now, the tenth's was 300 ms ago: 30 quotes between them.
    const newestOfNinth = ninth.ofType('quote').at(-1)?.['sequence'] as number;
    expect(newestOfNinth - (sequences.at(-1) ?? 0)).toBeGreaterThanOrEqual(10);
  });
});

it('every n-th call is the n-th, 2n-th and so on, and with 0 none', () => {
  const third = everyNth(3);
  expect([third(), third(), third(), third(), third(), third()]).toEqual([
    false,
    false,
    true,
    false,
    false,
    true,
  ]);
  const never = everyNth(0);
  expect([never(), never()]).toEqual([false, false]);
});

it('burning a fraction of a millisecond burns at least that', () => {
  const before = process.cpuUsage();
  for (let count = 0; count < 20; count += 1) burnCpu(0.5);
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeGreaterThanOrEqual(10_000);
});

it('burning a tenth of a millisecond does not burn until the next tick of the system', () => {
  const spentMs = Array.from({ length: 51 }, () => {
    const before = process.cpuUsage();
    burnCpu(0.1);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  // Processor time of all threads, and the median of it: a neighbour has no part in it, and a collection of garbage little.
  const middle = spentMs.toSorted((a, b) => a - b)[25];
  expect(middle).toBeGreaterThanOrEqual(0.1);
  expect(middle).toBeLessThan(0.5);
});

it('a leak keeps what it is asked to, and lets go when disposed of', async () => {
  const leak = new MemoryLeak({ bytesPerConnectionSecond: 1_000, openConnections: () => 2 });
  await until(
    () => leak.retainedBytes,
    (bytes) => bytes >= 200,
  );
  leak[Symbol.dispose]();
  expect(leak.retainedBytes).toBe(0);
});

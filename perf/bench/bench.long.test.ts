import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { BenchRecord } from './bench-record.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Ended {
  readonly exitCode: number | null;
  readonly printed: string;
}

/** Runs the benchmark in a folder of its own. */
const bench = async (
  cwd: string,
  options: readonly string[],
  onOutput: (kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ended> => {
  const child = spawn(process.execPath, [main, ...options], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
      onOutput((signal) => child.kill(signal));
    });
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, printed };
};

const inTemporaryFolder = async (run: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'ws-perf-gate-bench-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const isPositive = expect.toSatisfy((value: unknown) => typeof value === 'number' && value > 0);
const comparison = { ours: isPositive, naive: isPositive, ratio: isPositive };

test('the short form measures every figure of ours and of the naive loop, and writes them as JSON', async () => {
  await inTemporaryFolder(async (folder) => {
    const { exitCode, printed } = await bench(folder, ['--short']);
    expect(exitCode, printed).toBe(0);
    const [file = ''] = await readdir(join(folder, '.perf', 'bench'));
    const record = JSON.parse(await readFile(join(folder, '.perf', 'bench', file), 'utf8')) as BenchRecord;
    expect(record).toMatchObject({ schema: 'ws-perf-gate/bench', version: 2, form: { name: 'short' } });
    const { accuracy, opening, messages, scale } = record.figures;
    expect(accuracy).toMatchObject([{ connections: 200, meanOfProbe: comparison, p95OfProbe: comparison }]);
    expect(accuracy[0]?.sittings[0]?.ours.probe.meanMs).toBeGreaterThanOrEqual(100);
    expect(opening.map(({ connections }) => connections)).toEqual(record.form.openingAt);
    for (const figure of opening) {
      expect(figure).toMatchObject({
        connectionsPerSecond: comparison,
        cpuMsPerConnection: comparison,
        serverCpuShare: isPositive,
        sittings: [
          { ours: { opened: figure.connections, failed: 0 }, naive: { opened: figure.connections } },
        ],
      });
    }
    expect(messages).toMatchObject({
      echo: { roundTripsPerSecond: comparison, cpuMicrosecondsPerRoundTrip: comparison },
      paced: { messagesPerSecond: 1_000, p50OfProbe: comparison, p99OfProbe: comparison },
    });
    expect(scale.map(({ connections }) => connections)).toEqual(record.form.scale.at);
    for (const figure of scale)
      expect(figure).toMatchObject({
        agents: 2,
        servers: 2,
        ours: { cpuMsPerConnection: isPositive },
        naive: { cpuMsPerConnection: isPositive },
      });
    for (const { subject, goal, figure } of record.goals) {
      expect(printed).toContain(subject);
      expect(printed).toContain(figure);
      expect(printed).toContain(`goal: ${goal}`);
    }
    for (const sentence of record.leftOut) expect(printed).toContain(sentence);
  });
});

test('a stop in the middle ends the benchmark and every process it started', async () => {
  await inTemporaryFolder(async (folder) => {
    const { exitCode } = await bench(folder, ['--short'], (kill) => {
      setTimeout(kill, 1_500, 'SIGINT');
    });
    // `close` comes when the last process that holds the output has ended: the children hold its standard error.
    expect(exitCode).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });
});

test('too few open files for the load are said before the first dial', async () => {
  const child = spawn('sh', ['-c', `ulimit -n 1500 && exec "${process.execPath}" "${main}" --short`]);
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  expect(printed).toContain(
    '2000 connections at once need 2211 open files, but a process may have 1500 here',
  );
  expect(exitCode).toBe(2);
});

test('one part can be measured without the others', async () => {
  await inTemporaryFolder(async (folder) => {
    const { exitCode, printed } = await bench(folder, ['--short', '--only', 'scale']);
    expect(exitCode, printed).toBe(0);
    expect(printed).toContain('Connections held at once');
    expect(printed).not.toContain('Messages');
  });
});

test('options that exclude each other, or are unknown, are wrong usage', async () => {
  await inTemporaryFolder(async (folder) => {
    const both = await bench(folder, ['--short', '--long']);
    expect(both).toMatchObject({
      exitCode: 2,
      printed: expect.stringContaining('exclude each other') as string,
    });
    expect(await bench(folder, ['--fast'])).toMatchObject({ exitCode: 2 });
    expect(await bench(folder, ['--only', 'speed'])).toMatchObject({
      exitCode: 2,
      printed: expect.stringContaining('accuracy, opening, messages, scale') as string,
    });
  });
});

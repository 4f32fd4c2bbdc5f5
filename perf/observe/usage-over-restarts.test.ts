import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { pidFileUsage, restartedUsage } from './usage-over-restarts.ts';
import type { Usage } from './usage.ts';

const readingsOf = async (given: readonly (Usage | null)[]): Promise<(Usage | null)[]> => {
  const rest = [...given];
  await using usage = restartedUsage({
    read: () => Promise.resolve(rest.shift() ?? null),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
  const readings: (Usage | null)[] = [];
  for (const _ of given) readings.push(await usage.read());
  return readings;
};

test('processor time of a container goes on after its restart, and nothing is known while it gives no reading', async () => {
  const given = [
    null,
    { cpuMs: 100, memoryBytes: 7 },
    { cpuMs: 150, memoryBytes: 8 },
    null,
    { cpuMs: 20, memoryBytes: 3 },
    { cpuMs: 30, memoryBytes: 4 },
    { cpuMs: 10, memoryBytes: 5 },
  ];
  expect(await readingsOf(given)).toEqual([
    null,
    { cpuMs: 100, memoryBytes: 7 },
    { cpuMs: 150, memoryBytes: 8 },
    null,
    { cpuMs: 170, memoryBytes: 3 },
    { cpuMs: 180, memoryBytes: 4 },
    { cpuMs: 190, memoryBytes: 5 },
  ]);
});

test('a reading of a container that was missed is no restart, and no memory that was given back', async () => {
  const given = [{ cpuMs: 100, memoryBytes: 7 }, null, { cpuMs: 120, memoryBytes: 7 }];
  expect(await readingsOf(given)).toEqual(given);
});

const burning = `
  const until = process.cpuUsage().user + 200_000;
  while (process.cpuUsage().user < until);
  process.stdout.write('done');
  setInterval(() => {}, 1_000);`;

test('of a process that was started anew, the time of both is told by the file that names the newest', async () => {
  const pidFile = join(await temporaryDirectory(), 'server.pid');
  await using usage = pidFileUsage(pidFile);
  expect(await usage.read()).toBeNull();
  const burn = async (): Promise<Usage | null> => {
    const child = spawn(process.execPath, ['-e', burning], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await writeFile(pidFile, String(child.pid));
    const reading = await usage.read();
    child.kill('SIGKILL');
    await once(child, 'exit');
    return reading;
  };
  const first = await burn();
  expect(first?.cpuMs).toBeGreaterThanOrEqual(180);
  expect(await usage.read()).toEqual({ cpuMs: first?.cpuMs, memoryBytes: 0 });
  const second = await burn();
  expect((second?.cpuMs ?? 0) - (first?.cpuMs ?? 0)).toBeGreaterThanOrEqual(180);
  expect(second?.memoryBytes).toBeGreaterThan(0);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { processUsage } from './process-usage.ts';

const script = `
  const keep = [];
  process.stdin.on('data', () => {
    const until = process.cpuUsage().user + 300_000;
    while (process.cpuUsage().user < until);
    keep.push(Buffer.alloc(64 * 1_048_576, 1));
    process.stdout.write('done');
  });
  process.stdout.write('ready');`;

test('processor time and memory of a child are read, until it has ended', async () => {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await using usage = processUsage(child.pid ?? 0);
  const before = await usage.read();
  child.stdin.write('burn');
  await once(child.stdout, 'data');
  const after = await usage.read();
  // What the child did itself, less a scheduler's tick.
  expect((after?.cpuMs ?? 0) - (before?.cpuMs ?? 0)).toBeGreaterThanOrEqual(280);
  expect((after?.memoryBytes ?? 0) - (before?.memoryBytes ?? 0)).toBeGreaterThanOrEqual(60 * 1_048_576);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await usage.read()).toBeNull();
});

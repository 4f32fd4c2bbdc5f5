import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { expect, test } from 'vitest';
import { exitCodes } from './cli/exit-code.ts';
import { runCommand } from './cli/testing/run-command.ts';
import { runScenario } from './cli/testing/run-scenario.ts';
import { runUntilConclusive } from './cli/testing/run-until-conclusive.ts';

test('a server that bounds what waits for one client keeps its promise on slow consumers', async () => {
  const { exitCode, stdout } = await runScenario('slow-consumer', []);
  expect(exitCode, stdout).toBe(exitCodes.met);
});

test('one that lets everything pile up grows, and ends nobody', async () => {
  const { exitCode, stdout, told } = await runScenario('slow-consumer', [
    'SLOW_CONSUMER_CONFLATE_BYTES=1073741824',
    'SLOW_CONSUMER_CLOSE_BYTES=2147483648',
  ]);
  expect(told, stdout).toContain('Promise broken: server memory rise ≤ 10.00 MiB');
  expect(told, stdout).toContain('Promise broken: slow readers closed ≥ 100.0 %');
  expect(exitCode, stdout).toBe(exitCodes.broken);
});

test('a foreign server is measured as it is: what it can not tell is not judged', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const message = Buffer.alloc(32_768, 'x');
  const feed = setInterval(() => {
    for (const client of server.clients) client.send(message);
  }, 50);
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { exitCode, stdout } = await runUntilConclusive(() =>
      runCommand(['run', 'slow-consumer', '--url', `ws://127.0.0.1:${String(port)}/`]),
    );
    expect(stdout).toContain('slow readers settled ≥ 100.0 %');
    expect(stdout).not.toContain('server memory rise');
    expect(exitCode, stdout).toBe(exitCodes.met);
  } finally {
    clearInterval(feed);
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

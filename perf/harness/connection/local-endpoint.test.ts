import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startClock } from './clock.ts';
import { openConnection } from './open-connection.ts';
import type { Opening } from './opening.ts';
import type { LocalEndpoint } from './local-endpoint.ts';
import { dialSettings, dialTo, listening } from './testing/dial-to.ts';
import { answering, startRawServer, switchingProtocols } from './testing/raw-server.ts';

const open = (url: string, from: LocalEndpoint): Promise<Opening> =>
  openConnection(dialTo(url), dialSettings(), startClock(), listening(), from);

/** A port that the system has just given to somebody who is gone. */
const freePort = async (): Promise<number> => {
  await using server = await startRawServer(() => undefined);
  return server.port;
};

test.each(['127.0.0.1', 'localhost'])('a connection to %s comes from where it was told to', async (host) => {
  const seen: (string | undefined)[] = [];
  const accept = answering((request) => switchingProtocols(request));
  await using server = await startRawServer((socket: Socket) => {
    seen.push(`${String(socket.remoteAddress)}:${String(socket.remotePort)}`);
    accept(socket);
  });
  const from = { address: '127.0.0.77', port: await freePort() };
  const opening = await open(`ws://${host}:${String(server.port)}`, from);
  expect(opening.outcome).toBe('opened');
  expect(seen).toEqual([`127.0.0.77:${String(from.port)}`]);
});

test('a local end that is taken is a limit of this machine, not a failure of the server', async () => {
  await using server = await startRawServer(() => undefined);
  await using taken = await startRawServer(() => undefined);
  const opening = await open(server.url, { address: '127.0.0.1', port: taken.port });
  expect(opening).toMatchObject({ outcome: 'failed', failure: { reason: 'local-limit' } });
});

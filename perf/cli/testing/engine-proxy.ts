import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';

/** A way to the container engine that can be taken away. */
export interface EngineProxy extends AsyncDisposable {
  /** For the environment of whoever is to take this way. */
  readonly environment: Readonly<Record<string, string>>;
  /** The engine is gone: connections are cut, and new ones refused. */
  cut(): Promise<void>;
  /** The engine hangs: what is asked from now on is not answered. */
  hang(): void;
}

/** The engine's own socket on this machine. */
const engineSocket = (): string =>
  (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//u, '');

/** Opens the way at a path that does not exist yet. */
export const proxyEngine = async (path: string): Promise<EngineProxy> => {
  const sockets = new Set<Socket>();
  let hangs = false;
  const server = createServer((client) => {
    const engine = connect(engineSocket());
    for (const [socket, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        // What it has said is still delivered.
        other.destroySoon();
      });
    }
    // One that was opened before it hung hangs as well.
    client.on('data', (chunk) => {
      if (!hangs) engine.write(chunk);
    });
    engine.on('data', (chunk) => {
      if (!hangs) client.write(chunk);
    });
  });
  server.listen(path);
  await once(server, 'listening');
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    await rm(path, { force: true });
  };
  return {
    // The cleaning container is switched off: it would have a way of its own.
    environment: { DOCKER_HOST: `unix://${path}`, TESTCONTAINERS_RYUK_DISABLED: 'true' },
    cut,
    hang: () => {
      hangs = true;
    },
    [Symbol.asyncDispose]: cut,
  };
};

import { BenchProcess } from './bench-process.ts';
import type { Window } from './generator-protocol.ts';
import type { ServerRequest } from './lean-server.ts';

const askAllowanceMs = 10_000;

/** A lean server in a process of its own. */
export interface LeanServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The share of one core's time that it used meanwhile: near 1, it was the limit. */
  cpuShare(window: Window): Promise<number>;
  /** How many connections it has. */
  openConnections(): Promise<number>;
}

/**
 * Starts a lean server on a fresh port, so that no earlier run's ports in TIME_WAIT are in the way of the next.
 * `sharedPort`: one that other such processes listen on too, or 0 for a fresh one that they may.
 */
export const startLeanServer = async (
  handshakeDelayMs: number,
  sharedPort: number | null = null,
): Promise<LeanServer> => {
  const server = await BenchProcess.start('lean-server.ts');
  const ask = (request: ServerRequest): Promise<unknown> => server.ask(request, askAllowanceMs);
  const port = (await ask({ kind: 'listen', handshakeDelayMs, sharedPort })) as number;
  return {
    port,
    pid: server.pid,
    url: `ws://127.0.0.1:${String(port)}/`,
    cpuShare: async (window) => (await ask({ kind: 'cpu-share', ...window })) as number,
    openConnections: async () => (await ask({ kind: 'open-connections' })) as number,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
};

import { startLeanServer, type LeanServer } from './start-lean-server.ts';

/** Starts lean servers that answer at once and share one port, since one process may not have open what all hold. */
export const startLeanServers = async (count: number): Promise<Omit<LeanServer, 'pid'>> => {
  await using stack = new AsyncDisposableStack();
  const first = stack.use(await startLeanServer(0, 0));
  const servers = [first];
  while (servers.length < count) servers.push(stack.use(await startLeanServer(0, first.port)));
  const sum = async (of: (server: LeanServer) => Promise<number>): Promise<number> =>
    (await Promise.all(servers.map(of))).reduce((total, one) => total + one, 0);
  const started = stack.move();
  return {
    url: first.url,
    port: first.port,
    cpuShare: (window) => sum((server) => server.cpuShare(window)),
    openConnections: () => sum((server) => server.openConnections()),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};

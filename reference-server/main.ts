import { startReferenceServer, type ReferenceServer } from './start-reference-server.ts';
import { readEnvironment } from './settings/read-environment.ts';
import { resolveSettings, type ReferenceServerSettings } from './settings/settings.ts';

const EXIT_MISCONFIGURED = 2;
/** How long stopping may take beyond the draining and the grace that clients have. */
const STOP_MARGIN_MS = 4_000;

// A log that can not be written, as on a full disk, is no reason to end.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

const run = async (): Promise<void> => {
  // What stands in a process list can be read by every user of the machine.
  if (process.argv.length > 2) {
    process.stderr.write(
      'The reference server takes no arguments: set its environment (reference-server/README.md).\n',
    );
    process.exitCode = EXIT_MISCONFIGURED;
    return;
  }
  const reading = readEnvironment(process.env);
  if (reading.outcome === 'invalid') {
    const list = reading.problems.map((problem) => `  - ${problem}\n`).join('');
    process.stderr.write(`The reference server can not start:\n${list}`);
    process.exitCode = EXIT_MISCONFIGURED;
    return;
  }
  const { settings } = reading;
  const starting = start(settings);
  const stop = async (signal: string): Promise<void> => {
    // Whatever hangs, such as a Redis that does not answer, the process ends in time.
    setTimeout(() => process.exit(0), stopLimitMs(settings)).unref();
    const server = await starting;
    server?.logger.info({ signal }, 'signal received');
    await server?.stop();
    process.exit();
  };
  // A terminal and a parent often both signal; a second signal changes nothing.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  const server = await starting;
  if (server === undefined) return;
  const { host, port, url } = server;
  // Parents wait for this line, whatever the log level.
  server.logger.child({}, { level: 'info' }).info({ host, port, url }, 'listening');
};

const stopLimitMs = (settings: ReferenceServerSettings): number => {
  const { drainMs, shutdownGraceMs } = resolveSettings(settings);
  return drainMs + shutdownGraceMs + STOP_MARGIN_MS;
};

const start = async (settings: ReferenceServerSettings): Promise<ReferenceServer | undefined> => {
  try {
    return await startReferenceServer(settings);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `The reference server can not listen on ${settings.host}:${settings.port}: ${reason}. ` +
        `Set HOST and PORT to an address that is free, or PORT=0 to take any port.\n`,
    );
    process.exitCode = EXIT_MISCONFIGURED;
    return undefined;
  }
};

await run();

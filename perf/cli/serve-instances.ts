import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CleanupStack } from '../../fixtures/targets/cleanup-stack.ts';
import { startInstanceGroup } from '../../fixtures/targets/instance-group.ts';
import { developmentPort, developmentSecret, developmentUser } from './development-defaults.ts';
import { exitCodes } from './exit-code.ts';
import { howToUse } from './how-to-use.ts';
import { messageOf } from './message-of.ts';
import { printProblems } from './print-problems.ts';
import type { Environment } from './read-target.ts';

const stayingEveryMs = 3_600_000;
const highestPort = 65_535;

const readPort = (given: string): number | null => {
  const port = Number(given);
  return /^\d+$/u.test(given) && port >= 1 && port <= highestPort ? port : null;
};

const definedOf = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Aborts at the first Ctrl-C or SIGTERM. */
const stopAtSignal = (): AbortSignal => {
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopped.abort();
    });
  }
  return stopped.signal;
};

/** Starts several reference servers behind nginx with what development needs, and stays until it is stopped. */
export const serveInstances = async (
  count: number,
  options: { readonly port?: string },
  environment: Environment,
): Promise<number> => {
  const ownSecret = environment['JWT_SECRET'] || undefined;
  const asked = options.port ?? environment['PORT'] ?? String(developmentPort);
  const port = readPort(asked);
  if (port === null)
    return printProblems([`--port is "${asked}", but must be a port from 1 to ${String(highestPort)}.`]);
  const own = {
    HOST: '127.0.0.1',
    JWT_SECRET: ownSecret ?? developmentSecret,
    DEMO_USERS: environment['DEMO_USERS'] ?? developmentUser,
  };
  const signal = stopAtSignal();
  const cleanup = new CleanupStack();
  const logDirectory = resolve('.perf', 'logs', 'serve');
  try {
    await mkdir(logDirectory, { recursive: true });
    const group = await startInstanceGroup(
      count,
      { environment: { ...definedOf(environment), ...own }, port, serverFile: null, logDirectory, signal },
      cleanup,
    );
    for (const { name, httpUrl } of group.instances) process.stderr.write(`${name}  ${httpUrl}\n`);
    process.stderr.write(`logs        ${logDirectory}\n`);
    process.stderr.write(howToUse(group.httpUrl, ownSecret, environment['DEMO_USERS'] !== undefined));
    // What was started does not keep this process alive.
    const staying = setInterval(() => undefined, stayingEveryMs);
    if (!signal.aborted) await once(signal, 'abort');
    clearInterval(staying);
    return exitCodes.met;
  } catch (error) {
    return signal.aborted ? exitCodes.met : printProblems([messageOf(error)]);
  } finally {
    await cleanup[Symbol.asyncDispose]();
  }
};

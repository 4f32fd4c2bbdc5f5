import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { developmentPort, developmentSecret, developmentUser } from './development-defaults.ts';
import { exitCodes } from './exit-code.ts';
import { howToUse } from './how-to-use.ts';
import { printProblems } from './print-problems.ts';
import { readInstances } from './read-instances.ts';
import type { Environment } from './read-target.ts';
import { serveInstances } from './serve-instances.ts';

/** The options of `serve` as they were typed. */
export interface ServeOptions {
  readonly port?: string;
  readonly instances?: string;
}

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const entry = fileURLToPath(new URL(`../../reference-server/main.${extension}`, import.meta.url));
const exitWithParent = new URL(`../../fixtures/targets/exit-with-parent.${extension}`, import.meta.url).href;
const announce = (line: string, secret: string | undefined, hasOwnUsers: boolean): boolean => {
  if (!line.includes('"msg":"listening"')) return false;
  const { url } = JSON.parse(line) as { url?: string };
  if (url !== undefined) process.stderr.write(howToUse(url.replace(/\/+$/u, ''), secret, hasOwnUsers));
  return true;
};

/** Its log goes to standard output. */
const serveOne = async (options: ServeOptions, environment: Environment): Promise<number> => {
  const ownSecret = environment['JWT_SECRET'] || undefined;
  const server = spawn(process.execPath, ['--import', exitWithParent, entry], {
    env: {
      ...environment,
      PORT: options.port ?? environment['PORT'] ?? String(developmentPort),
      JWT_SECRET: ownSecret ?? developmentSecret,
      DEMO_USERS: environment['DEMO_USERS'] ?? developmentUser,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let pending: string | null = '';
  server.stdout?.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    if (pending === null) return;
    const lines: string[] = `${pending}${chunk.toString('utf8')}`.split('\n');
    pending = lines.some(
      (line) => line.endsWith('}') && announce(line, ownSecret, environment['DEMO_USERS'] !== undefined),
    )
      ? null
      : (lines.at(-1) ?? '');
  });
  const forward = (signal: NodeJS.Signals): void => {
    server.kill(signal);
  };
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return await new Promise((resolve) => {
    server.once('close', (code) => {
      resolve(code ?? exitCodes.notMeasured);
    });
  });
};

/** Starts the reference server with what development needs, or several behind nginx, and stays until they end. */
export const runServe = async (options: ServeOptions, environment: Environment): Promise<number> => {
  const problems: string[] = [];
  const instances = readInstances(options.instances, problems);
  if (problems.length > 0) return printProblems(problems);
  return instances === 1 ? serveOne(options, environment) : serveInstances(instances, options, environment);
};

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { signToken } from '../../fixtures/tokens/index.ts';
import { developmentPort, developmentSecret, developmentUser } from './development-defaults.ts';
import { exitCodes } from './exit-code.ts';
import type { Environment } from './read-target.ts';

/** The options of `serve` as they were typed. */
export interface ServeOptions {
  readonly port?: string;
}

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const entry = fileURLToPath(new URL(`../../reference-server/main.${extension}`, import.meta.url));
const daySeconds = 86_400;

const command = 'npm run perf -- --url';

const howToUse = (url: string, secret: string | undefined, hasOwnUsers: boolean): string => {
  // A secret of the user's own stays out of the terminal, and so do tokens signed with it.
  const token =
    secret === undefined
      ? signToken({ secret: developmentSecret, subject: 'demo', expiresInSeconds: daySeconds })
      : '$(npm run -s token)';
  const login = `'{"username":"${developmentUser.split(':')[0] ?? ''}","password":"${developmentUser.split(':')[1] ?? ''}"}'`;
  return [
    `The reference server listens on ${url}`,
    `  measure it:  ${command} ${url} --token "${token}"`,
    '  a token:     npm run -s token',
    ...(hasOwnUsers
      ? []
      : [
          `  or log in:   curl -X POST ${url}/api/v1/auth/token -H 'content-type: application/json' -d ${login}`,
        ]),
    '  stop it:     Ctrl-C',
    '',
  ].join('\n');
};

const announce = (line: string, secret: string | undefined, hasOwnUsers: boolean): boolean => {
  if (!line.includes('"msg":"listening"')) return false;
  const { url } = JSON.parse(line) as { url?: string };
  if (url !== undefined) process.stderr.write(howToUse(url.replace(/\/+$/u, ''), secret, hasOwnUsers));
  return true;
};

/** Starts the reference server with what development needs, and stays until it ends; its log goes to standard output. */
export const runServe = async (options: ServeOptions, environment: Environment): Promise<number> => {
  const ownSecret = environment['JWT_SECRET'] || undefined;
  const server = spawn(process.execPath, [entry], {
    env: {
      ...environment,
      PORT: options.port ?? environment['PORT'] ?? String(developmentPort),
      JWT_SECRET: ownSecret ?? developmentSecret,
      DEMO_USERS: environment['DEMO_USERS'] ?? developmentUser,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let pending: string | null = '';
  server.stdout.on('data', (chunk: Buffer) => {
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

import { validateHeaderValue } from 'node:http';
import { readCertificateAuthority } from '../../fixtures/targets/certificate-authority.ts';
import { parseEndpointUrl } from '../../fixtures/targets/endpoint-url.ts';
import {
  DEFAULT_NGINX_IMAGE,
  DEFAULT_REDIS_IMAGE,
  TargetError,
  type TargetRequest,
  type TokenPlacement,
} from '../../fixtures/targets/index.ts';
import { messageOf } from './message-of.ts';
import { readHeaders } from './read-headers.ts';
import { readInstances } from './read-instances.ts';
import { readCount, readSeconds } from './read-number.ts';
import { readServerEnvironment } from './read-server-environment.ts';
import { readTokens } from './read-tokens.ts';
import type { RunOptions } from './run-options.ts';

/** Environment variables, as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const kinds: readonly TargetRequest['kind'][] = ['auto', 'containers', 'process', 'external'];
const placements: readonly TokenPlacement[] = ['query', 'header', 'subprotocol'];
const defaultTimeoutSeconds = 10;
const longestTimeoutSeconds = 3_600;
const msPerSecond = 1_000;

const readChoice = <Choice extends string>(
  source: string,
  given: string | undefined,
  choices: readonly Choice[],
  problems: string[],
): Choice | null => {
  if (given === undefined) return null;
  const chosen = choices.find((choice) => choice === given);
  if (chosen !== undefined) return chosen;
  problems.push(`${source} is "${given}", but must be one of ${choices.join(', ')}.`);
  return null;
};

/** Runs a check that throws a `TargetError`, and takes its message for a problem. */
const noteTargetError = async (check: () => unknown, problems: string[]): Promise<void> => {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    problems.push(messageOf(error));
  }
};

const checkConflicts = (
  options: RunOptions,
  target: Pick<TargetRequest, 'kind' | 'url'>,
  problems: string[],
): void => {
  const { kind, url } = target;
  if (kind === 'external' && url === null) {
    problems.push('--target external needs the server’s address. Add --url URL.');
  }
  if (url !== null && (kind === 'containers' || kind === 'process')) {
    problems.push(
      `--url is for a server that runs already, but --target ${kind} starts one. Leave one of them out.`,
    );
  }
  const isExternal = url !== null || kind === 'external';
  const ofOwnServer = ['image', 'redisImage', 'nginxImage', 'instances', 'serverEnv'] as const;
  for (const name of ofOwnServer) {
    const isForContainers = name !== 'serverEnv' && name !== 'instances';
    if (options[name] === undefined) continue;
    const flag = `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
    if (isExternal)
      problems.push(
        `${flag} is for a server that is started here, but --url measures another one. Leave one out.`,
      );
    else if (isForContainers && kind === 'process') {
      problems.push(`${flag} is for --target containers, but --target process was asked for. Leave one out.`);
    }
  }
  if (isExternal) return;
  for (const [flag, given] of [
    ['--token', options.token],
    ['--token-file', options.tokenFile],
    ['--ca', options.ca],
  ] as const) {
    if (given !== undefined)
      problems.push(
        `${flag} is for --url; the server started here needs none. Add --url URL, or leave it out.`,
      );
  }
};

const isHeaderValue = (value: string): boolean => {
  try {
    validateHeaderValue('Origin', value);
    return true;
  } catch {
    return false;
  }
};

const readOrigin = (origin: string | undefined, problems: string[]): string | null => {
  if (origin === undefined) return null;
  if (origin !== '' && isHeaderValue(origin)) return origin;
  problems.push('--origin can not be sent as a header. Give one such as https://app.example.');
  return null;
};

const readTimeout = (text: string | undefined, problems: string[]): number => {
  const seconds = readSeconds('--timeout', text, 'more than zero', problems) ?? defaultTimeoutSeconds;
  if (seconds > longestTimeoutSeconds) {
    problems.push(
      `--timeout is "${text ?? ''}", but a handshake may take at most ${String(longestTimeoutSeconds)} seconds.`,
    );
  }
  return seconds * msPerSecond;
};

/** What is to be measured, from options before environment; every problem is noted, and none holds a token. */
export const readTarget = async (
  options: RunOptions,
  environment: Environment,
  logDirectory: string,
  problems: string[],
): Promise<TargetRequest> => {
  // An empty variable is how CI systems write one that is not set.
  const fromEnvironment = (name: string): string | undefined => environment[name] || undefined;
  const asked = readChoice(
    options.target === undefined ? 'PERF_TARGET' : '--target',
    options.target ?? fromEnvironment('PERF_TARGET'),
    kinds,
    problems,
  );
  // A URL that was typed outranks a kind from the environment.
  const kind = options.url !== undefined && options.target === undefined ? 'auto' : (asked ?? 'auto');
  const isOwn =
    options.url === undefined &&
    (kind === 'containers' || kind === 'process') &&
    options.target !== undefined;
  // An explicit option outranks the environment: `--target process` on a machine where PERF_URL is set.
  const url = options.url ?? (isOwn ? undefined : fromEnvironment('PERF_URL')) ?? null;
  if (url !== null) await noteTargetError(() => parseEndpointUrl(url, options.path ?? null), problems);
  checkConflicts(options, { kind, url }, problems);
  const { ca } = options;
  if (ca !== undefined) await noteTargetError(() => readCertificateAuthority(ca), problems);
  const tokens = await readTokens(
    options,
    url === null ? undefined : fromEnvironment('PERF_TOKEN'),
    problems,
  );
  return {
    kind: url === null ? kind : 'external',
    url,
    path: options.path ?? null,
    tokens,
    tokenPlacement: readChoice('--token-in', options.tokenIn, placements, problems) ?? 'query',
    headers: readHeaders(options.header ?? [], problems),
    origin: readOrigin(options.origin, problems),
    certificateAuthorityFile: ca ?? null,
    handshakeTimeoutMs: readTimeout(options.timeout, problems),
    offersCompression: options.compression === true,
    initialMessageCount: readCount('--initial-messages', options.initialMessages, 0, problems),
    image: url === null ? (options.image ?? fromEnvironment('PERF_IMAGE') ?? null) : null,
    redisImage: options.redisImage ?? fromEnvironment('PERF_REDIS_IMAGE') ?? DEFAULT_REDIS_IMAGE,
    redisAccess: 'plain',
    instances: url === null ? readInstances(options.instances, problems) : 1,
    nginxImage: options.nginxImage ?? fromEnvironment('PERF_NGINX_IMAGE') ?? DEFAULT_NGINX_IMAGE,
    serverFile: null,
    serverEnvironment: readServerEnvironment(options.serverEnv ?? [], problems, {
      startedAs: url === null ? kind : 'external',
    }),
    logDirectory,
  };
};

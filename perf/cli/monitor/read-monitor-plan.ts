import { readCertificateAuthority } from '../../../fixtures/targets/certificate-authority.ts';
import { parseEndpointUrl } from '../../../fixtures/targets/endpoint-url.ts';
import type { TokenPlacement } from '../../../fixtures/targets/index.ts';
import type { AlertRule } from '../../monitor/alert-rules.ts';
import { alertRules } from '../../monitor/monitor-file.ts';
import { fewestReadings } from '../../observe/memory-growth.ts';
import { readCount, readSeconds } from '../read-number.ts';
import { readOutputFile } from '../read-output-file.ts';
import { readTarget, type Environment } from '../read-target.ts';
import { readAlertOptions } from './read-alert-option.ts';
import { readMonitorFile } from './read-monitor-file.ts';
import type { MonitorCommandOptions } from './monitor-options.ts';

/** What to watch, and how; everything checked. */
export interface MonitorPlan {
  /** Origin of the HTTP routes, no trailing slash. */
  readonly httpUrl: string;
  readonly webSocketUrl: string;
  readonly tokens: readonly string[];
  readonly tokenPlacement: TokenPlacement;
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: string | null;
  readonly certificateAuthority: string | null;
  readonly handshakeTimeoutMs: number;
  readonly offersCompression: boolean;
  readonly expectsMessage: boolean;
  readonly intervalMs: number;
  readonly probeEveryMs: number | null;
  readonly memoryWindowMs: number;
  readonly count: number | null;
  readonly durationMs: number | null;
  readonly output: string | null;
  readonly rules: readonly AlertRule[];
  readonly webhook: string | null;
  readonly failsOnAlert: boolean;
  readonly wantsColors: boolean;
}

/** A plan, or everything that keeps it from being one. */
export type MonitorReading =
  | { readonly outcome: 'valid'; readonly plan: MonitorPlan }
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] };

const msPerSecond = 1_000;
const defaultIntervalSeconds = 5;
const defaultMemoryWindowSeconds = 300;
/** Node's timers reach no further, ms. */
const longestWaitMs = 2 ** 31 - 1;

const readWebhook = (given: string | undefined, problems: string[]): string | null => {
  if (given === undefined || given === '') return null;
  if (URL.canParse(given) && /^https?:$/u.test(new URL(given).protocol)) return given;
  // The address is a secret: whoever has it may post.
  problems.push('--webhook (PERF_WEBHOOK) is no address that starts with https:// or http://. Correct it.');
  return null;
};

const readPeriods = (
  options: MonitorCommandOptions,
  file: { readonly intervalSeconds?: number | undefined; readonly probeSeconds?: number | undefined },
  problems: string[],
): Pick<MonitorPlan, 'intervalMs' | 'probeEveryMs' | 'durationMs' | 'count'> => {
  const secondsOf = (option: '--interval' | '--probe' | '--duration', text: string | undefined) =>
    readSeconds(option, text, 'more than zero', problems);
  const probeSeconds = secondsOf('--probe', options.probe) ?? file.probeSeconds ?? null;
  const intervalSeconds =
    secondsOf('--interval', options.interval) ?? file.intervalSeconds ?? defaultIntervalSeconds;
  const durationSeconds = secondsOf('--duration', options.duration);
  const periods = {
    intervalMs: intervalSeconds * msPerSecond,
    probeEveryMs: probeSeconds === null ? null : probeSeconds * msPerSecond,
    durationMs: durationSeconds === null ? null : durationSeconds * msPerSecond,
  };
  if (Math.max(periods.intervalMs, periods.probeEveryMs ?? 0) > longestWaitMs)
    problems.push('--interval and --probe may be at most 24 days. Give fewer seconds.');
  return { ...periods, count: readCount('--count', options.count, 1, problems) };
};

/** How long a slope of the memory is taken over: long enough for the looks that it needs, or the alert would never come. */
const readMemoryWindowMs = (
  givenSeconds: number | undefined,
  intervalMs: number,
  problems: string[],
): number => {
  const leastMs = fewestReadings * intervalMs;
  if (givenSeconds === undefined) return Math.max(defaultMemoryWindowSeconds * msPerSecond, leastMs);
  if (givenSeconds * msPerSecond < leastMs)
    problems.push(
      `memoryWindowSeconds is ${String(givenSeconds)}, but growth is told from ${String(fewestReadings)} looks, which come every ${String(intervalMs / msPerSecond)} s. ` +
        `Give at least ${String(leastMs / msPerSecond)}, or leave it out.`,
    );
  return givenSeconds * msPerSecond;
};

/** Reads the options of `monitor` over those of its file; every problem is noted, and none holds a secret. */
export const readMonitorPlan = async (
  options: MonitorCommandOptions,
  environment: Environment,
): Promise<MonitorReading> => {
  const problems: string[] = [];
  const url = options.url ?? (environment['PERF_URL'] || undefined);
  if (url === undefined)
    problems.push('No server was named. Give its address: --url http://localhost:8000 (or PERF_URL).');
  const file = await readMonitorFile(options.config, problems);
  // A server to watch is one that runs already: what says how to start one does not reach this far.
  const { interval: _interval, ...dialOptions } = options;
  const tokenInEnvironment = { PERF_TOKEN: environment['PERF_TOKEN'] };
  const target =
    url === undefined ? null : await readTarget({ ...dialOptions, url }, tokenInEnvironment, '', problems);
  const periods = readPeriods(options, file, problems);
  const memoryWindowMs = readMemoryWindowMs(file.memoryWindowSeconds, periods.intervalMs, problems);
  const rules = alertRules(file, readAlertOptions(options.alert ?? [], problems), problems);
  const webhook = readWebhook(options.webhook ?? environment['PERF_WEBHOOK'], problems);
  const output = await readOutputFile('--output', options.output, '', problems);
  if (problems.length > 0 || target === null || url === undefined) return { outcome: 'invalid', problems };
  const { httpUrl, webSocketUrl, token } = parseEndpointUrl(url, options.path ?? null);
  const { certificateAuthorityFile } = target;
  const plan: MonitorPlan = {
    httpUrl,
    webSocketUrl,
    tokens: target.tokens.length === 0 && token !== null ? [token] : target.tokens,
    tokenPlacement: target.tokenPlacement,
    headers: target.headers,
    origin: target.origin,
    certificateAuthority:
      certificateAuthorityFile === null ? null : await readCertificateAuthority(certificateAuthorityFile),
    handshakeTimeoutMs: target.handshakeTimeoutMs,
    offersCompression: target.offersCompression,
    expectsMessage: target.initialMessageCount !== 0,
    ...periods,
    memoryWindowMs,
    output,
    rules: periods.probeEveryMs === null ? rules.filter(({ alert }) => alert !== 'probe') : rules,
    webhook,
    failsOnAlert: options.failOnAlert === true,
    wantsColors: options.color !== false,
  };
  return { outcome: 'valid', plan };
};

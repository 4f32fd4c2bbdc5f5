import { pino, type Logger, type LoggerOptions } from 'pino';
import type { LogLevel } from './settings/settings.ts';

export type { Logger } from 'pino';

/** Shorter ones may be words of the log itself. */
const SHORTEST_BLANKED = 8;
const CENSOR = '[redacted]';
const TOKEN_IN_URL = /([?&](?:token|access_token)=)[^&\s"\\]+/gi;
/** Header, payload and signature (RFC 7515 §7.1), of which the first always starts with `{"`. */
const JSON_WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** A log line without the given secrets, and without anything that looks like a token. */
const blank = (line: string, secrets: readonly string[]): string => {
  let blanked = line.replaceAll(TOKEN_IN_URL, `$1${CENSOR}`).replaceAll(JSON_WEB_TOKEN, CENSOR);
  for (const secret of secrets) blanked = blanked.replaceAll(secret, CENSOR);
  return blanked;
};

/** As it stands within a JSON text. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A log of JSON lines on stdout; secrets and tokens are blanked even if somebody logs them by mistake. */
export const createLogger = (options: {
  readonly level: LogLevel;
  readonly instanceId: string;
  /** What must never be written. */
  readonly secrets?: readonly string[];
  /** Where lines go instead of stdout. */
  readonly write?: (line: string) => void;
}): Logger => {
  const secrets = (options.secrets ?? []).filter(({ length }) => length >= SHORTEST_BLANKED).map(inJson);
  const settings: LoggerOptions = {
    hooks: { streamWrite: (line) => blank(line, secrets) },
    level: options.level,
    base: { pid: process.pid, instance: options.instanceId },
    // The default serializer copies every field of an error; those of ioredis hold the arguments of the command.
    serializers: {
      err: (error: unknown) =>
        error instanceof Error
          ? { type: error.name, message: error.message, stack: error.stack }
          : String(error),
    },
    redact: {
      paths: ['token', 'password', 'secret', 'jwtSecret', 'authorization', 'redisUrl'].flatMap((name) => [
        name,
        `*.${name}`,
        `*.*.${name}`,
      ]),
      censor: CENSOR,
    },
  };
  // Not pino's own way to standard output, which on a full disk tries for ever when the process is to exit.
  return pino(settings, options.write === undefined ? process.stdout : { write: options.write });
};

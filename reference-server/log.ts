import { pino, type Logger } from 'pino';
import type { LogLevel } from './settings/settings.ts';

export type { Logger } from 'pino';

/** A log of JSON lines on stdout; fields that could hold a secret are blanked even if somebody logs them by mistake. */
export const createLogger = (options: { readonly level: LogLevel; readonly instanceId: string }): Logger =>
  pino({
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
      censor: '[redacted]',
    },
  });

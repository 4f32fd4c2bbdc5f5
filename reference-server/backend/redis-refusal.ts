import { ReplyError } from 'ioredis';

/** Redis is there and says no (`OOM`, `READONLY`, `LOADING`), unlike silence and lost connections. */
export const isRefusal = (error: unknown): error is Error => error instanceof ReplyError;

/** The one refusal that is no news: a script is sent by its hash, and by its text where Redis does not know that. */
export const isScriptUnknown = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');

import type { Backoff } from './arrivals.ts';
import { draw } from './draw.ts';

/**
 * How long connection `index` waits before its `retry`-th try (from 1), in ms: anything from nothing to
 * min(cap, base · 2^(retry − 1)), each as likely as any other. This is the "full jitter" of Marc Brooker, "Exponential
 * Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export const backoffWaitMs = (
  { baseMs, capMs }: Backoff,
  seed: number,
  index: number,
  retry: number,
): number => draw(seed, index, retry) * Math.min(capMs, baseMs * 2 ** (retry - 1));

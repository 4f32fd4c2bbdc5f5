import { MemoryQuoteFeed } from '../quotes/memory-quote-feed.ts';
import { MemoryStatistics } from '../statistics/memory-statistics.ts';
import type { Backend } from './backend.ts';

/** Keeps everything in this process: nothing to install, nothing to share. */
export const openMemoryBackend = (): Backend => ({
  kind: 'memory',
  quotes: new MemoryQuoteFeed(),
  statistics: new MemoryStatistics(),
  circuit: () => null,
  checkHealth: () => Promise.resolve({ status: 'ok' }),
  usage: () => Promise.resolve(null),
  close: () => Promise.resolve(),
});

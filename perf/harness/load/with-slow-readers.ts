import { msFromSeconds } from '../units.ts';
import type { LoadProfile } from './profile.ts';

/** How slow readers are given by a scenario's author. */
export interface SlowReaderOptions {
  /** One connection in so many stops reading. Default 100: one per cent of the clients. */
  readonly oneIn?: number;
  /** From the start of the load to the moment at which they stop. */
  readonly stopAfterSeconds: number;
  /** How long they do not read. */
  readonly forSeconds: number;
}

/**
 * The same load, of which some connections stop reading for a while: what the server sends them fills the system's buffers, and
 * then its own. They go on sending, and read again when the time is over. All metrics of messages, pings and stability are about
 * the others, but for the times until a connection is ready, which are over before; what became of these is told by
 * `slowReadersSettled` and `slowReadersClosed`.
 */
export const withSlowReaders = (
  profile: LoadProfile,
  { oneIn = 100, stopAfterSeconds, forSeconds }: SlowReaderOptions,
): LoadProfile => ({
  ...profile,
  slowReaders: { oneIn, stopAtMs: msFromSeconds(stopAfterSeconds), forMs: msFromSeconds(forSeconds) },
});

import type { Dial, DialSettings } from '../connection/dial.ts';
import type { SlotGrid } from '../metrics/slot-grid.ts';
import type { ClockOffset } from './message-tally.ts';
import type { LoadProfile } from './profile.ts';

/** Everything an agent needs to drive its share of a load; plain data, so that it can travel to another machine. */
export interface LoadPlan {
  readonly profile: LoadProfile;
  /** Attempt `index` uses `dials[index % dials.length]`. */
  readonly dials: readonly Dial[];
  readonly settings: DialSettings;
  /** A connection is ready once it has received `count` messages; it must have done so `withinMs` of its opening. */
  readonly initialMessages: { readonly count: number; readonly withinMs: number };
  /** Messages are the reference server's: quotes are checked for their sequence. */
  readonly checksQuotes: boolean;
  readonly grid: SlotGrid;
  /** How the clock of `publishedAt` stands to this machine's; null where that is not known, so that no latency is taken. */
  readonly publisherClock: ClockOffset | null;
  /** Where on this machine the attempts come from; the system chooses where there are none. */
  readonly localEndpoints?: LocalEndpoints | null;
  /** The agents say what they had not given back at the end. */
  readonly looksForLeaks?: boolean;
  /** Names of the metrics that every progress brings, because a promise about them may end the load. */
  readonly watched: readonly string[];
}

/** Addresses and ports of this machine that attempts are made from: each port of each address once, then anew. */
export interface LocalEndpoints {
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
}

/** Which attempts of a plan an agent drives: those with `index % of === part`. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

import type { LoadPlan } from '../harness/load/plan.ts';
import type { LoadProfile } from '../harness/load/profile.ts';
import { narrowestSlotMs } from '../harness/metrics/slot-grid.ts';

/** The plan of a load of the benchmark: the profile on one endpoint, and nothing watched beside it. */
export const benchPlan = (url: string, profile: LoadProfile, warmUpMs = 0): LoadPlan => ({
  profile,
  dials: [{ url, subprotocols: [], headers: {} }],
  settings: {
    origin: null,
    certificateAuthority: null,
    handshakeTimeoutMs: 60_000,
    maxMessageBytes: 1_048_576,
  },
  initialMessages: { count: 0, withinMs: 0 },
  checksQuotes: false,
  watched: [],
  grid: { warmUpMs, slotMs: narrowestSlotMs },
  publisherClock: null,
});

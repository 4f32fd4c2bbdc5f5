import type { LoadPlan } from '../plan.ts';
import { ramp } from '../profile.ts';

/** A plan for one address: three connections, held shortly, ready without any message. */
export const loadPlan = (url: string, overrides: Partial<LoadPlan> = {}): LoadPlan => ({
  profile: ramp({ connections: 3, delaySeconds: 0, holdSeconds: 0.05 }),
  dials: [{ url, subprotocols: [], headers: {} }],
  settings: {
    origin: null,
    certificateAuthority: null,
    handshakeTimeoutMs: 30_000,
    maxMessageBytes: 1_048_576,
  },
  initialMessages: { count: 0, withinMs: 200 },
  checksQuotes: false,
  watched: [],
  grid: { warmUpMs: 0, slotMs: 1_000 },
  publisherClock: null,
  ...overrides,
});

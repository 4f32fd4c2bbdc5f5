/** When a server refuses new connections; null sets no limit. Those that are open are never given up for new ones. */
export interface AdmissionLimits {
  /** Open ones and handshakes in flight together. */
  readonly maxConnections: number | null;
  readonly maxHandshakesInFlight: number | null;
  readonly maxEventLoopDelayMs: number | null;
  /** Resident memory of the process. */
  readonly maxMemoryBytes: number | null;
  /** Of one subject of a token; tokens without a subject count as one user. */
  readonly maxConnectionsPerUser: number | null;
  /** Of one IPv4 address, or one IPv6 network of 64 bits. */
  readonly maxConnectionsPerAddress: number | null;
}

/** The server is measured as it is unless its user limits it: a refusal would hide where it breaks. */
export const noLimits: AdmissionLimits = Object.freeze({
  maxConnections: null,
  maxHandshakesInFlight: null,
  maxEventLoopDelayMs: null,
  maxMemoryBytes: null,
  maxConnectionsPerUser: null,
  maxConnectionsPerAddress: null,
});

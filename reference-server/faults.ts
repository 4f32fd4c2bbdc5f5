/** Misbehaviour that a test can ask for; each is what a client would see, and all are off by default. */
export interface Faults {
  /** `FAULT_HANDSHAKE_DELAY_MS`: wait this long before the 101. */
  readonly handshakeDelayMs: number;
  /** `FAULT_REJECT_EVERY_NTH_UPGRADE`: refuse every n-th upgrade with 503; 0 refuses none. */
  readonly rejectEveryNthUpgrade: number;
  /** `FAULT_WITHHOLD_INITIAL_MESSAGES`: open the connection, but send neither welcome nor snapshot. */
  readonly withholdInitialMessages: boolean;
  /** `FAULT_NEVER_ANSWER_UPGRADE`: keep the socket and never answer the upgrade. */
  readonly neverAnswerUpgrade: boolean;
  /** `FAULT_DROP_CONNECTIONS_AFTER_MS`: end each connection this long after it opened, without a close frame; 0 ends none. */
  readonly dropConnectionsAfterMs: number;
  /** `FAULT_LEAK_BYTES_PER_CONNECTION_SECOND`: keep this much resident memory per open connection and second, for good. */
  readonly leakBytesPerConnectionSecond: number;
  /** `FAULT_BURN_CPU_PER_HANDSHAKE_MS`: CPU time spent on each accepted upgrade. */
  readonly burnCpuPerHandshakeMs: number;
  /** `FAULT_BURN_CPU_PER_MESSAGE_MS`: CPU time spent on each message a client sends. */
  readonly burnCpuPerMessageMs: number;
  /** `FAULT_SKIP_EVERY_NTH_QUOTE`: this instance does not send every n-th quote, so clients see a gap; 0 skips none. */
  readonly skipEveryNthQuote: number;
  /** `FAULT_DELAY_TENTH_CLIENT_MS`: every tenth client that opens receives each quote this much later than the others. */
  readonly delayTenthClientMs: number;
  /** `FAULT_DROP_WITHOUT_REDIS`: end all connections, without a close frame, when the circuit around Redis opens. */
  readonly dropWithoutRedis: boolean;
  /** `FAULT_NEVER_RECONNECT_TO_REDIS`: a connection to Redis that was lost is not made anew. */
  readonly neverReconnectToRedis: boolean;
  /** `FAULT_LEAK_DESCRIPTOR_EVERY_NTH_CLOSE`: keep a file open for every n-th connection that ends; 0 keeps none. */
  readonly leakDescriptorEveryNthClose: number;
  /** `FAULT_FORGET_EVERY_NTH_CLOSE`: every n-th connection that ends goes on counting as open; 0 forgets none. */
  readonly forgetEveryNthClose: number;
}

/** A server that behaves. */
export const noFaults: Faults = Object.freeze({
  handshakeDelayMs: 0,
  rejectEveryNthUpgrade: 0,
  withholdInitialMessages: false,
  neverAnswerUpgrade: false,
  dropConnectionsAfterMs: 0,
  leakBytesPerConnectionSecond: 0,
  burnCpuPerHandshakeMs: 0,
  burnCpuPerMessageMs: 0,
  skipEveryNthQuote: 0,
  delayTenthClientMs: 0,
  dropWithoutRedis: false,
  neverReconnectToRedis: false,
  leakDescriptorEveryNthClose: 0,
  forgetEveryNthClose: 0,
});

/** A predicate that is true on every n-th call, and never when `n` is 0. */
export const everyNth = (n: number): (() => boolean) => {
  let calls = 0;
  return () => {
    if (n === 0) return false;
    calls += 1;
    return calls % n === 0;
  };
};

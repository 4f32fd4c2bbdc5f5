/** Why a connection is refused for now, as a metric label; the limits in the order in which they are asked. */
export const overloadReasons = [
  'connections',
  'handshakes',
  'event_loop_delay',
  'memory',
  'address',
  'user',
  'draining',
  'fault',
] as const;

/** One of the reasons for a 503. */
export type OverloadReason = (typeof overloadReasons)[number];

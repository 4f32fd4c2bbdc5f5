/** The codes with which the server closes connections; ws itself adds 1002 for violations of the protocol. */
export const closeCodes = {
  notJson: 1007,
  repeatedErrors: 1008,
  messageTooLarge: 1009,
  restarting: 1012,
  tooSlow: 1013,
} as const;

/**
 * A close code as a metric label. Those from 3000 on, which programs choose for themselves (RFC 6455 §7.4.2), count together:
 * otherwise clients could make two thousand series.
 */
export const closeCodeLabel = (code: number): string =>
  code < 3_000 ? String(code) : `${Math.floor(code / 1_000)}xxx`;
